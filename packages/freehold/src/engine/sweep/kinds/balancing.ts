import { type Kind, presence } from "../kind.ts";

/** What Elastic Load Balancing holds; its calls take ARNs: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/. */
export const balancingKinds: readonly Kind[] = [
  {
    noun: "listener rule",
    pattern: /^elasticloadbalancing:listener-rule\/(.+)$/,
    look: async ({ arn }, aws) =>
      presence(
        (await aws.loadBalancing()).describeRules({ RuleArns: [arn] }),
        ({ Rules = [] }) => Rules.length > 0,
      ),
    remove: async ({ arn }, aws) => (await aws.loadBalancing()).deleteRule({ RuleArn: arn }),
  },
  {
    noun: "listener",
    pattern: /^elasticloadbalancing:listener\/(.+)$/,
    look: async ({ arn }, aws) =>
      presence(
        (await aws.loadBalancing()).describeListeners({ ListenerArns: [arn] }),
        ({ Listeners = [] }) => Listeners.length > 0,
      ),
    remove: async ({ arn }, aws) => (await aws.loadBalancing()).deleteListener({ ListenerArn: arn }),
  },
  {
    noun: "load balancer",
    pattern: /^elasticloadbalancing:loadbalancer\/(.+)$/,
    look: async ({ arn }, aws) =>
      presence(
        (await aws.loadBalancing()).describeLoadBalancers({ LoadBalancerArns: [arn] }),
        ({ LoadBalancers = [] }) => LoadBalancers.length > 0,
      ),
    remove: async ({ arn }, aws) => (await aws.loadBalancing()).deleteLoadBalancer({ LoadBalancerArn: arn }),
  },
  {
    noun: "target group",
    pattern: /^elasticloadbalancing:targetgroup\/(.+)$/,
    look: async ({ arn }, aws) =>
      presence(
        (await aws.loadBalancing()).describeTargetGroups({ TargetGroupArns: [arn] }),
        ({ TargetGroups = [] }) => TargetGroups.length > 0,
      ),
    remove: async ({ arn }, aws) => (await aws.loadBalancing()).deleteTargetGroup({ TargetGroupArn: arn }),
  },
];
