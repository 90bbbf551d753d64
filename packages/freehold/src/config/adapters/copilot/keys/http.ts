import { parseDuration } from "../../../notation.ts";
import type { Tree } from "../../../yaml/tree.ts";
import { namesEnvironment } from "../per-environment.ts";
import {
  type Becomes,
  each,
  inside,
  isTrue,
  type KeyTable,
  lost,
  mapped,
  noted,
  notes,
  numberOf,
  one,
  textOf,
  textsOf,
  without,
  write,
} from "../treatment.ts";
import { own, setting, type Workload, type WorkloadKey } from "../workload.ts";

const openRange = { interval: [5, 300], timeout: [2, 120], grace: [0, 7200] } as const;

/** Seconds within what the load balancer takes. */
function seconds(into: keyof typeof openRange) {
  return one(({ value, context, place }: WorkloadKey): Becomes => {
    const [min, max] = openRange[into];
    const asked = parseDuration(textOf(value) ?? "");
    if (asked === undefined) return without("is no duration");
    const given = Math.min(max, Math.max(min, Math.round(asked)));
    const message =
      given === asked ? undefined : `${asked} s becomes ${given} s, which the load balancer takes`;
    return mapped([write(setting(context, "health", into), `${given}s`, place)], message);
  });
}

function threshold(into: "healthy" | "unhealthy") {
  return one(({ value, context, place }: WorkloadKey): Becomes => {
    const asked = numberOf(value);
    if (asked === undefined) return without("is no number");
    const given = Math.min(10, Math.max(2, asked));
    const message = given === asked ? undefined : `${asked} becomes ${given}, which the load balancer takes`;
    return mapped([write(setting(context, "health", into), given, place)], message);
  });
}

function healthPath({ value, context, place }: WorkloadKey): Becomes {
  const path = textOf(value);
  if (path === undefined) return without("is no path");
  return mapped([write(setting(context, "health", "path"), path.startsWith("/") ? path : `/${path}`, place)]);
}

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#http-healthcheck */
const healthcheck = inside<Workload>(
  {
    path: one(healthPath),
    port: lost("the check goes to the port that gets the requests"),
    success_codes: one(({ value, context, place }) =>
      mapped([write(setting(context, "health", "codes"), textOf(value) ?? "", place)]),
    ),
    healthy_threshold: threshold("healthy"),
    unhealthy_threshold: threshold("unhealthy"),
    interval: seconds("interval"),
    timeout: seconds("timeout"),
    grace_period: seconds("grace"),
  },
  healthPath,
);

/** The load balancer drains a task as long as it may take to stop, so one number says both. */
function drain({ value, context, place }: WorkloadKey): Becomes {
  const asked = parseDuration(textOf(value) ?? "");
  if (asked === undefined) return without("is no duration");
  const given = Math.min(120, Math.max(15, Math.round(asked)));
  const range = given === asked ? "" : `; ${asked} s becomes ${given} s (15 to 120 on Fargate)`;
  const message = `also the time between SIGTERM and SIGKILL${range}`;
  return mapped([write(own(context, "stop_grace_period"), `${given}s`, place)], message);
}

export function alias({ value, context, place }: WorkloadKey): Becomes {
  const names = value.kind === "list" ? value.items.flatMap(aliasName) : textsOf(value);
  const [first, ...others] = names.filter((name) => !name.startsWith("*."));
  if (first === undefined)
    return without(names.length === 0 ? "names no domain" : "a wildcard is no host name here");
  if (context.isInSeveral && context.environment === undefined && !namesEnvironment(value))
    return without(
      `leads to one environment here: write \`domain: ${first}\` for the service under that one`,
    );
  return mapped([write(setting(context, "domain"), first, place)], aliasMessage(names, others));
}

function aliasMessage(names: readonly string[], others: readonly string[]): string | undefined {
  const wild = names.filter((name) => name.startsWith("*."));
  const said = [
    ...(others.length === 0
      ? []
      : [`has one host name here: write ${quoted(others)} under the environment's \`domains\``]),
    ...(wild.length === 0 ? [] : [`${quoted(wild)} is left out, for a wildcard is no host name here`]),
  ];
  return said.length === 0 ? undefined : said.join("; ");
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function aliasName(item: Tree): readonly string[] {
  return [textOf(item.kind === "section" ? item.entries.get("name")?.value : item) ?? []].flat();
}

function target({ value, context }: WorkloadKey): Becomes {
  return textOf(value) === context.name
    ? noted("requests go to the service itself anyway")
    : without("a task has one container here: let the service's own container answer");
}

function targetPort({ value, context, place }: WorkloadKey): Becomes {
  const port = numberOf(value);
  return port === undefined ? without("is no port") : mapped([write(setting(context, "port"), port, place)]);
}

const zone = notes("write `zone` on the collection where Freehold cannot find it by the domain");

const aliasParts = ["*.name", "*.hosted_zone"] as const;
const aliasKeys = aliasParts.map((part) => `alias.${part}`);

/** What a rule of the load balancer says beyond its path. */
const rule: KeyTable<Workload> = {
  healthcheck,
  deregistration_delay: one(drain),
  target_container: one(target),
  target_port: one(targetPort),
  stickiness: one(({ value }) =>
    isTrue(value)
      ? without("any task may answer any request; keep sessions in a cache or a database")
      : noted("requests are not tied to a task anyway"),
  ),
  allowed_source_ips: lost("the service would be open to everyone; nothing limits the addresses yet"),
  alias: one(alias, ...aliasParts),
  hosted_zone: zone,
  redirect_to_https: one(({ value }) =>
    isTrue(value) ? noted("is always so") : without("plain HTTP is always sent on to HTTPS"),
  ),
  version: one(({ value }) =>
    textOf(value) === "http1"
      ? noted("is what the load balancer speaks")
      : without("only HTTP/1.1 is spoken to tasks"),
  ),
};

const ruleKeys = Object.keys(rule).concat([
  "path",
  ...aliasKeys,
  ...Object.keys(healthcheckKeys()).map((key) => `healthcheck.${key}`),
]);

function healthcheckKeys(): KeyTable<Workload> {
  return healthcheck.kind === "inside" ? healthcheck.keys : {};
}

/** Requests by path; the path was chosen with those of the other services. */
function path({ value, context, place }: WorkloadKey): Becomes {
  if (context.path === undefined) return without("nothing outside reaches the service, so no path does");
  const asked = nativePath(textOf(value) ?? "/");
  if (context.environment !== undefined) {
    return asked === undefined
      ? without("is no plain path")
      : mapped([write(setting(context, "path"), asked, place)]);
  }
  const message =
    context.path === asked
      ? undefined
      : `another service answers \`${asked ?? textOf(value)}\`, and here they share their host names`;
  return mapped([write(setting(context, "path"), context.path, place)], message);
}

/** `/api` for `api`, `/api` and `/api/*`, which all cover what lies below; undefined for other patterns. */
export function nativePath(written: string): string | undefined {
  const plain = `/${written.replace(/^\/+/, "").replace(/\/?\*?$/, "")}`;
  return /^\/[A-Za-z0-9._~/-]*$/.test(plain) && !plain.includes("//") ? plain : undefined;
}

const manyRules = lost("a service answers one path; make it another service of the same image", ...ruleKeys);

/** `http` of a load-balanced web service. */
export const http = inside<Workload>(
  {
    path: one(path),
    alb: lost("the collection makes a load balancer of its own"),
    ...rule,
    targetContainer: one(target),
    additional_rules: each(manyRules),
  },
  ({ value }) =>
    isTrue(value) ? noted("is what the load balancer does") : noted("nothing outside reaches the service"),
);

const inside_ = "the other services reach it by its name; there is no internal load balancer";

/** `http` of a backend service: an internal load balancer, which nothing needs where services have names. */
export const internalHttp = inside<Workload>({
  ...Object.fromEntries(Object.keys(rule).map((key) => [key, notes(inside_)])),
  path: notes(inside_),
  alb: notes(inside_),
  healthcheck: notes(inside_, ...Object.keys(healthcheckKeys())),
  alias: lost("no private host name is made; the other services reach it by its name", ...aliasParts),
  allowed_source_ips: notes("only the services of its environment reach it"),
  additional_rules: each(lost(inside_, ...ruleKeys)),
});

/** `http` of a request-driven web service. */
export const requestDrivenHttp = inside<Workload>({
  private: one(
    ({ value }) =>
      value.kind === "scalar" && value.value === false
        ? noted("the internet reaches it anyway")
        : noted("only the services of its environment reach it, by its name; no VPC endpoint is needed"),
    "endpoint",
  ),
  healthcheck,
  alias: one(alias),
});

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#nlb */
const ruleOfPort = [
  "port",
  "target_container",
  "target_port",
  "ssl_policy",
  "stickiness",
  "deregistration_delay",
  "healthcheck",
  ...["port", "healthy_threshold", "unhealthy_threshold", "grace_period", "interval", "timeout"].map(
    (key) => `healthcheck.${key}`,
  ),
];

export const nlb = lost(
  "there is no network load balancer: only HTTP and HTTPS come in",
  ...ruleOfPort,
  "alias",
  "additional_listeners",
  ...ruleOfPort.map((key) => `additional_listeners.*.${key}`),
);
