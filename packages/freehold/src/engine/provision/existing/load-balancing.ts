import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Existing, type Find, type Tags, tagsOf, textOf, unlessAbsent } from "./sought.ts";

/** Names are unique in a region. */
export const loadBalancer: Find = async (sought, ports) => {
  const elb = await ports.aws.loadBalancing();
  const Names = [textOf(sought, "name") ?? ""];
  const answer = await unlessAbsent(elb.describeLoadBalancers({ Names }), "LoadBalancerNotFoundException");
  const found = answer?.LoadBalancers?.[0];
  const pending = found?.State?.Code === "provisioning" ? { pending: "provisioning" } : {};
  return existing(found?.LoadBalancerArn, elb, pending);
};

/** Names are unique in a region. */
export const targetGroup: Find = async (sought, ports) => {
  const elb = await ports.aws.loadBalancing();
  const Names = [textOf(sought, "name") ?? ""];
  const answer = await unlessAbsent(elb.describeTargetGroups({ Names }), "TargetGroupNotFoundException");
  return existing(answer?.TargetGroups?.[0]?.TargetGroupArn, elb);
};

/** One for each port of its load balancer. */
export const listener: Find = async (sought, ports) => {
  const elb = await ports.aws.loadBalancing();
  const LoadBalancerArn = await sought.idOf("load_balancer_arn");
  if (LoadBalancerArn === undefined) return undefined;
  const { Listeners = [] } = await elb.describeListeners({ LoadBalancerArn });
  return existing(Listeners.find((one) => one.Port === sought.block.args["port"])?.ListenerArn, elb);
};

/** One for each priority of its listener. */
export const listenerRule: Find = async (sought, ports) => {
  const elb = await ports.aws.loadBalancing();
  const ListenerArn = await sought.idOf("listener_arn");
  if (ListenerArn === undefined) return undefined;
  const { Rules = [] } = await elb.describeRules({ ListenerArn });
  const priority = String(sought.block.args["priority"]);
  return existing(Rules.find((one) => one.Priority === priority)?.RuleArn, elb);
};

async function existing(
  arn: string | undefined,
  elb: ElasticLoadBalancingV2,
  state: Pick<Existing, "pending"> = {},
): Promise<Existing | undefined> {
  return arn === undefined ? undefined : { id: arn, tags: await tagsAt(arn, elb), ...state };
}

async function tagsAt(arn: string, elb: ElasticLoadBalancingV2): Promise<Tags> {
  const { TagDescriptions = [] } = await elb.describeTags({ ResourceArns: [arn] });
  return tagsOf(TagDescriptions[0]?.Tags);
}
