import { found, Items, meant, type World } from "./world.ts";

export function loadBalancing({ all, named, tagsOf }: World) {
  return {
    describeLoadBalancers: ({ Names: [name] }: { Names: readonly string[] }) => {
      const one = found(named("aws_lb", name), "LoadBalancerNotFoundException");
      return { LoadBalancers: [{ LoadBalancerArn: one.id, State: { Code: one.state ?? "active" } }] };
    },
    describeTargetGroups: ({ Names: [name] }: { Names: readonly string[] }) => {
      const one = found(named("aws_lb_target_group", name), "TargetGroupNotFoundException");
      return { TargetGroups: [{ TargetGroupArn: one.id }] };
    },
    describeListeners: ({ LoadBalancerArn }: { LoadBalancerArn: string }) => ({
      Listeners: all("aws_lb_listener")
        .filter((one) => meant(one.block.args["load_balancer_arn"]) === LoadBalancerArn)
        .map((one) => ({ ListenerArn: one.id, Port: one.block.args["port"] })),
    }),
    describeRules: ({ ListenerArn }: { ListenerArn: string }) => ({
      Rules: all("aws_lb_listener_rule")
        .filter((one) => meant(one.block.args["listener_arn"]) === ListenerArn)
        .map((one) => ({ RuleArn: one.id, Priority: String(one.block.args["priority"]) })),
    }),
    describeTags: ({ ResourceArns: [arn = ""] }: { ResourceArns: readonly string[] }) => ({
      TagDescriptions: [{ Tags: Items(tagsOf(arn)) }],
    }),
  };
}
