import { terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import type { Numeric, Ref, Text } from "../terraform/expression.ts";
import { openRanges } from "./exceptions.ts";
import { nameOf } from "./names.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";

export interface SecurityGroup {
  readonly blocks: readonly Block[];
  /** Compose name of what the group stands around, for naming its rules. */
  readonly owner: string;
  readonly id: Ref;
}

/** A group of tasks: they may call out; who may call them is up to `admit`. */
export function taskGroup(scope: EnvironmentScope, owner: string, what = ""): SecurityGroup {
  const group = closedGroup(scope, owner, what);
  const out = resource("aws_vpc_security_group_egress_rule", ruleName(group.owner, "anywhere"), {
    security_group_id: group.id,
    description: "What the application calls",
    ip_protocol: "-1",
    cidr_ipv4: openRanges.taskEgress.range,
  });
  return { ...group, blocks: [...group.blocks, out] };
}

/** A group that lets nothing in or out. */
export function closedGroup(scope: EnvironmentScope, owner: string, what = ""): SecurityGroup {
  const id = what === "" ? owner : `${owner}/${what}`;
  const group = resource("aws_security_group", terraformName(id), {
    name: nameOf("securityGroup", within(scope, owner), what),
    description: `${id} of ${scope.environment.name}`,
    vpc_id: scope.facts.collection.vpc_id,
    tags: serviceTags(owner),
  });
  return { blocks: [group], owner: id, id: ref(group, "id") };
}

/** Lets one group reach another's port; a change of port changes the rule in place. */
export function admit(from: SecurityGroup, to: SecurityGroup, port: Numeric): Block {
  return resource("aws_vpc_security_group_ingress_rule", ruleName(to.owner, from.owner), {
    security_group_id: to.id,
    referenced_security_group_id: from.id,
    description: `From ${from.owner}`,
    ...tcp(port),
  });
}

/** Lets one service call another, which may listen at several ports: the port is part of what the rule is. */
export function admitCall(from: SecurityGroup, to: SecurityGroup, port: number): Block {
  return resource("aws_vpc_security_group_ingress_rule", ruleName(to.owner, `${from.owner}/${port}`), {
    security_group_id: to.id,
    referenced_security_group_id: from.id,
    description: `From ${from.owner}`,
    ...tcp(port),
  });
}

/** The load balancer's group has no way out but these. */
export function admitLoadBalancer(
  scope: EnvironmentScope,
  to: SecurityGroup,
  port: Numeric,
): readonly Block[] {
  const balancer = scope.facts.collection.load_balancer_security_group_id;
  return [
    resource("aws_vpc_security_group_egress_rule", ruleName("load-balancer", to.owner), {
      security_group_id: balancer,
      referenced_security_group_id: to.id,
      description: `To ${to.owner} of ${scope.environment.name}`,
      ...tcp(port),
    }),
    resource("aws_vpc_security_group_ingress_rule", ruleName(to.owner, "load-balancer"), {
      security_group_id: to.id,
      referenced_security_group_id: balancer,
      description: "From the load balancer",
      ...tcp(port),
    }),
  ];
}

function tcp(port: Numeric): {
  readonly ip_protocol: Text;
  readonly from_port: Numeric;
  readonly to_port: Numeric;
} {
  return { ip_protocol: "tcp", from_port: port, to_port: port };
}

/** The slash stands in no name of a service, so that no two pairs are one. */
function ruleName(one: string, other: string): string {
  return terraformName(`${one}/${other}`);
}
