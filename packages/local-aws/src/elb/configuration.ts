/** What the router needs of elbv2, in its own words; `read-configuration.ts` asks for it. */
export interface Configuration {
  readonly balancers: readonly Balancer[];
  /** By ARN. */
  readonly groups: ReadonlyMap<string, TargetGroup>;
}

export interface Balancer {
  readonly arn: string;
  readonly dnsName: string;
  readonly internal: boolean;
  readonly idleSeconds: number;
  readonly listeners: readonly Listener[];
}

export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: string;
  /** In the order they are tried; the default rule is the last. */
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly arn: string;
  /** All must hold. */
  readonly conditions: readonly Condition[];
  readonly action: Action;
}

/** One value of each must match. `*` stands for any characters, `?` for exactly one, where the kind takes patterns. */
export type Condition =
  | { readonly kind: "host-header"; readonly patterns: readonly string[] }
  | { readonly kind: "path-pattern"; readonly patterns: readonly string[] }
  | { readonly kind: "http-header"; readonly name: string; readonly patterns: readonly string[] }
  | {
      readonly kind: "query-string";
      readonly pairs: readonly { readonly key?: string; readonly value: string }[];
    }
  | { readonly kind: "http-request-method"; readonly methods: readonly string[] }
  | { readonly kind: "source-ip"; readonly ranges: readonly string[] }
  | { readonly kind: "unknown"; readonly field: string };

export type Action =
  | {
      readonly kind: "forward";
      readonly groups: readonly { readonly arn: string; readonly weight: number }[];
    }
  | {
      readonly kind: "redirect";
      readonly status: number;
      readonly protocol: string;
      readonly host: string;
      readonly port: string;
      readonly path: string;
      readonly query: string;
    }
  | {
      readonly kind: "fixed-response";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  | { readonly kind: "unknown"; readonly type: string };

export interface TargetGroup {
  readonly arn: string;
  readonly targetType: string;
  readonly protocol: "HTTP" | "HTTPS";
  /** For targets registered without one. */
  readonly port: number;
  readonly deregistrationSeconds: number;
  /** Whether a rule of a load balancer forwards to it; only then are its targets checked. */
  readonly inUse: boolean;
  readonly healthCheck: HealthCheck;
}

export interface HealthCheck {
  readonly protocol: "HTTP" | "HTTPS";
  /** Undefined: the port on which the target takes traffic. */
  readonly port?: number;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** `200`, `200,301`, `200-399`. */
  readonly matcher: string;
}
