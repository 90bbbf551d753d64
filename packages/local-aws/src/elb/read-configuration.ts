import type * as sdk from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  Action,
  Balancer,
  Condition,
  Configuration,
  HealthCheck,
  Listener,
  Rule,
  TargetGroup,
} from "./configuration.ts";

/** Asks elbv2 for every load balancer, listener, rule and target group. */
export async function readConfiguration(elbv2: sdk.ElasticLoadBalancingV2): Promise<Configuration> {
  const [balancers, groups] = await Promise.all([readBalancers(elbv2), readGroups(elbv2)]);
  const used = new Set(balancers.flatMap(forwardedGroups));
  return {
    balancers,
    groups: new Map(groups.map((group) => [group.arn, { ...group, inUse: used.has(group.arn) }])),
  };
}

async function readBalancers(elbv2: sdk.ElasticLoadBalancingV2): Promise<readonly Balancer[]> {
  const found = await every(
    (Marker) => elbv2.describeLoadBalancers({ Marker }),
    (page) => page.LoadBalancers,
  );
  const applications = found.filter(({ Type }) => Type === undefined || Type === "application");
  return Promise.all(applications.map((balancer) => readBalancer(elbv2, balancer)));
}

async function readBalancer(
  elbv2: sdk.ElasticLoadBalancingV2,
  balancer: sdk.LoadBalancer,
): Promise<Balancer> {
  const LoadBalancerArn = balancer.LoadBalancerArn ?? "";
  const [{ Attributes }, listeners] = await Promise.all([
    elbv2.describeLoadBalancerAttributes({ LoadBalancerArn }),
    every(
      (Marker) => elbv2.describeListeners({ LoadBalancerArn, Marker }),
      (page) => page.Listeners,
    ),
  ]);
  return {
    arn: LoadBalancerArn,
    dnsName: balancer.DNSName ?? "",
    internal: balancer.Scheme === "internal",
    idleSeconds: attribute(Attributes, "idle_timeout.timeout_seconds", 60),
    listeners: await Promise.all(listeners.map((listener) => readListener(elbv2, listener))),
  };
}

async function readListener(elbv2: sdk.ElasticLoadBalancingV2, listener: sdk.Listener): Promise<Listener> {
  const ListenerArn = listener.ListenerArn ?? "";
  const rules = await every(
    (Marker) => elbv2.describeRules({ ListenerArn, Marker }),
    (page) => page.Rules,
  );
  return {
    arn: ListenerArn,
    port: listener.Port ?? 80,
    protocol: listener.Protocol ?? "HTTP",
    rules: [...rules].sort((one, other) => priorityOf(one) - priorityOf(other)).map(ruleOf),
  };
}

async function readGroups(elbv2: sdk.ElasticLoadBalancingV2): Promise<readonly TargetGroup[]> {
  const groups = await every(
    (Marker) => elbv2.describeTargetGroups({ Marker }),
    (page) => page.TargetGroups,
  );
  return Promise.all(
    groups.map(async (group) => {
      const { Attributes } = await elbv2.describeTargetGroupAttributes({
        TargetGroupArn: group.TargetGroupArn,
      });
      return targetGroupOf(group, attribute(Attributes, "deregistration_delay.timeout_seconds", 300));
    }),
  );
}

async function every<Page extends { readonly NextMarker?: string | undefined }, Item>(
  ask: (marker: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let marker: string | undefined;
  do {
    const page = await ask(marker);
    items.push(...(itemsOf(page) ?? []));
    marker = page.NextMarker || undefined;
  } while (marker !== undefined);
  return items;
}

function attribute(
  attributes:
    | readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]
    | undefined,
  key: string,
  otherwise: number,
): number {
  const value = attributes?.find(({ Key }) => Key === key)?.Value;
  return value === undefined || value === "" ? otherwise : Number(value);
}

function priorityOf({ Priority }: sdk.Rule): number {
  return Priority === undefined || Priority === "default" ? Number.POSITIVE_INFINITY : Number(Priority);
}

function ruleOf(rule: sdk.Rule): Rule {
  return {
    arn: rule.RuleArn ?? "",
    conditions: (rule.Conditions ?? []).map(conditionOf),
    action: actionOf(rule.Actions ?? []),
  };
}

/** Values stand in the condition's own configuration or, for hosts and paths, in the older `Values`. */
function conditionOf(condition: sdk.RuleCondition): Condition {
  const values = condition.Values ?? [];
  switch (condition.Field) {
    case "host-header":
      return { kind: "host-header", patterns: condition.HostHeaderConfig?.Values ?? values };
    case "path-pattern":
      return { kind: "path-pattern", patterns: condition.PathPatternConfig?.Values ?? values };
    case "http-header": {
      const { HttpHeaderName = "", Values = values } = condition.HttpHeaderConfig ?? {};
      return { kind: "http-header", name: HttpHeaderName, patterns: Values };
    }
    case "query-string": {
      const pairs = condition.QueryStringConfig?.Values ?? [];
      return {
        kind: "query-string",
        pairs: pairs.map(({ Key, Value = "" }) =>
          Key === undefined ? { value: Value } : { key: Key, value: Value },
        ),
      };
    }
    case "http-request-method":
      return { kind: "http-request-method", methods: condition.HttpRequestMethodConfig?.Values ?? values };
    case "source-ip":
      return { kind: "source-ip", ranges: condition.SourceIpConfig?.Values ?? values };
    default:
      return { kind: "unknown", field: String(condition.Field) };
  }
}

/** The last action of a rule decides; those before it authenticate, which is not done here. */
function actionOf(actions: readonly sdk.Action[]): Action {
  const ordered = [...actions].sort((one, other) => (one.Order ?? 0) - (other.Order ?? 0));
  const action = ordered.at(-1);
  const first = ordered[0];
  if (first?.Type?.startsWith("authenticate-")) return { kind: "unknown", type: first.Type };
  if (action?.Type === "forward") return forwardOf(action);
  if (action?.Type === "redirect") return redirectOf(action.RedirectConfig);
  if (action?.Type === "fixed-response") {
    const {
      StatusCode = "200",
      ContentType = "text/plain",
      MessageBody = "",
    } = action.FixedResponseConfig ?? {};
    return {
      kind: "fixed-response",
      status: Number(StatusCode),
      contentType: ContentType,
      body: MessageBody,
    };
  }
  return { kind: "unknown", type: String(action?.Type) };
}

function forwardOf(action: sdk.Action): Action {
  const weighted = action.ForwardConfig?.TargetGroups ?? [];
  const groups = weighted.length > 0 ? weighted : [{ TargetGroupArn: action.TargetGroupArn }];
  return {
    kind: "forward",
    groups: groups.map(({ TargetGroupArn = "", Weight = 1 }) => ({ arn: TargetGroupArn, weight: Weight })),
  };
}

function redirectOf(redirect: sdk.RedirectActionConfig | undefined): Action {
  return {
    kind: "redirect",
    status: redirect?.StatusCode === "HTTP_301" ? 301 : 302,
    protocol: redirect?.Protocol ?? "#{protocol}",
    host: redirect?.Host ?? "#{host}",
    port: redirect?.Port ?? "#{port}",
    path: redirect?.Path ?? "/#{path}",
    query: redirect?.Query ?? "#{query}",
  };
}

function targetGroupOf(group: sdk.TargetGroup, deregistrationSeconds: number): TargetGroup {
  return {
    arn: group.TargetGroupArn ?? "",
    targetType: group.TargetType ?? "instance",
    protocol: group.Protocol === "HTTPS" ? "HTTPS" : "HTTP",
    port: group.Port ?? 80,
    deregistrationSeconds,
    inUse: false,
    healthCheck: healthCheckOf(group),
  };
}

function healthCheckOf(group: sdk.TargetGroup): HealthCheck {
  const port = Number(group.HealthCheckPort);
  return {
    protocol: group.HealthCheckProtocol === "HTTPS" ? "HTTPS" : "HTTP",
    ...(Number.isInteger(port) && port > 0 ? { port } : {}),
    path: group.HealthCheckPath ?? "/",
    intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
    timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
    healthyThreshold: group.HealthyThresholdCount ?? 5,
    unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    matcher: group.Matcher?.HttpCode ?? "200",
  };
}

function forwardedGroups(balancer: Balancer): readonly string[] {
  return balancer.listeners
    .flatMap(({ rules }) => rules)
    .flatMap(({ action }) => (action.kind === "forward" ? action.groups.map(({ arn }) => arn) : []));
}
