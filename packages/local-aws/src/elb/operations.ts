import type {
  DeregisterTargetsCommandInput,
  DescribeTargetHealthCommandInput,
  DescribeTargetHealthCommandOutput,
  RegisterTargetsCommandInput,
  TargetDescription,
  TargetHealth,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { askMoto, type Operation, ServiceError } from "../service.ts";
import type { TargetGroup } from "./configuration.ts";
import type { ConfigurationCache } from "./configuration-cache.ts";
import { notRegistered, targetHealth } from "./health.ts";
import type { RegisteredTarget, Targets } from "./targets.ts";

type HealthOutput = Omit<DescribeTargetHealthCommandOutput, "$metadata">;

/** The operations that moto answers but that change what the router does. */
const writing = [
  "CreateListener",
  "CreateLoadBalancer",
  "CreateRule",
  "CreateTargetGroup",
  "DeleteListener",
  "DeleteLoadBalancer",
  "DeleteRule",
  "DeleteTargetGroup",
  "ModifyListener",
  "ModifyLoadBalancerAttributes",
  "ModifyRule",
  "ModifyTargetGroup",
  "ModifyTargetGroupAttributes",
  "SetRulePriorities",
] as const;

/** The operations on targets, and the announcement of every call that changes the router's configuration. */
export function targetOperations(cache: ConfigurationCache, targets: Targets): Record<string, Operation> {
  const announce: Operation = async () => {
    cache.changing();
    return askMoto;
  };
  return {
    ...Object.fromEntries(writing.map((operation) => [operation, announce])),
    RegisterTargets: async (input: RegisterTargetsCommandInput) => {
      const group = await findGroup(cache, input.TargetGroupArn);
      await targets.register(group, targetsOf(group, input.Targets));
      return {};
    },
    DeregisterTargets: async (input: DeregisterTargetsCommandInput) => {
      const group = await findGroup(cache, input.TargetGroupArn);
      await targets.deregister(group, targetsOf(group, input.Targets));
      return {};
    },
    DescribeTargetHealth: async (input: DescribeTargetHealthCommandInput): Promise<HealthOutput> => {
      const group = await findGroup(cache, input.TargetGroupArn);
      return { TargetHealthDescriptions: describeHealth(group, targets, input.Targets) };
    },
  };
}

async function findGroup(cache: ConfigurationCache, arn: string | undefined): Promise<TargetGroup> {
  const { groups } = await cache.current();
  const group = groups.get(arn ?? "");
  if (group === undefined)
    throw new ServiceError("TargetGroupNotFound", "One or more target groups not found");
  return group;
}

function targetsOf(
  group: TargetGroup,
  given: readonly TargetDescription[] = [],
): readonly RegisteredTarget[] {
  return given.map(({ Id = "", Port = group.port, AvailabilityZone }) =>
    AvailabilityZone === undefined ? { id: Id, port: Port } : { id: Id, port: Port, zone: AvailabilityZone },
  );
}

function describeHealth(
  group: TargetGroup,
  targets: Targets,
  asked: readonly TargetDescription[] | undefined,
): NonNullable<HealthOutput["TargetHealthDescriptions"]> {
  const known = targets.of(group.arn);
  if (asked === undefined || asked.length === 0) {
    return known.map((target) => described(group, target, targetHealth(target.phase, group.inUse)));
  }
  return targetsOf(group, asked).map((target) => {
    const found = known.find(({ id, port }) => id === target.id && port === target.port);
    if (found === undefined) return described(group, target, notRegistered);
    return described(group, found, targetHealth(found.phase, group.inUse));
  });
}

function described(
  group: TargetGroup,
  { id, port, zone }: RegisteredTarget,
  health: TargetHealth,
): NonNullable<HealthOutput["TargetHealthDescriptions"]>[number] {
  return {
    Target: { Id: id, Port: port, AvailabilityZone: zone },
    HealthCheckPort: String(group.healthCheck.port ?? port),
    TargetHealth: health,
  };
}
