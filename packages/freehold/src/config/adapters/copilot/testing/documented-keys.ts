import type { WorkloadType } from "../workload.ts";

/**
 * Every key of Copilot's documentation (https://aws.github.io/copilot-cli/docs/manifest/overview/), a `*` for what a person
 * names and for the items of a list.
 */
type Keys = readonly string[];

const below = (prefix: string, keys: Keys): Keys => [prefix, ...keys.map((key) => `${prefix}.${key}`)];

const healthcheck: Keys = below("healthcheck", [
  "path",
  "port",
  "success_codes",
  "healthy_threshold",
  "unhealthy_threshold",
  "interval",
  "timeout",
]);

const rule: Keys = [
  "path",
  ...healthcheck,
  "deregistration_delay",
  "target_container",
  "target_port",
  "stickiness",
  "allowed_source_ips",
  ...below("alias", ["*.name", "*.hosted_zone"]),
  "hosted_zone",
  "redirect_to_https",
  "version",
];

const http: Keys = below("http", [
  ...rule,
  "alb",
  "healthcheck.grace_period",
  ...below(
    "additional_rules",
    rule.map((key) => `*.${key}`),
  ),
]);

const tcp: Keys = [
  "port",
  ...below("healthcheck", ["port", "healthy_threshold", "unhealthy_threshold", "interval", "timeout"]),
  "target_container",
  "target_port",
  "ssl_policy",
  "stickiness",
];

const nlb: Keys = below("nlb", [
  ...tcp,
  "healthcheck.grace_period",
  "alias",
  ...below(
    "additional_listeners",
    tcp.map((key) => `*.${key}`),
  ),
]);

const build: Keys = below("build", ["dockerfile", "context", "target", "cache_from", "args", "args.*"]);
const container: Keys = [
  ...build,
  "location",
  "credentials",
  "labels",
  "labels.*",
  "depends_on",
  "depends_on.*",
];
const check: Keys = below("healthcheck", ["command", "interval", "retries", "timeout", "start_period"]);
const image: Keys = below("image", [...container, ...check]);

const size: Keys = ["cpu", "memory"];
const platform: Keys = below("platform", ["osfamily", "architecture"]);

const metric = (name: string): Keys => below(name, ["value", "cooldown", "cooldown.in", "cooldown.out"]);
const count: Keys = below("count", [
  "spot",
  ...below("range", ["min", "max", "spot_from"]),
  ...below("cooldown", ["in", "out"]),
  ...metric("cpu_percentage"),
  ...metric("memory_percentage"),
]);
const byRequests: Keys = below("count", [
  ...metric("requests"),
  "response_time",
  "response_time.value",
  "response_time.cooldown",
]);
const byQueue: Keys = below(
  "count",
  below("queue_delay", ["acceptable_latency", "msg_processing_time", "cooldown"]),
);

const deployment: Keys = below("deployment", [
  "rolling",
  ...below("rollback_alarms", ["cpu_utilization", "memory_utilization"]),
]);

const network: Keys = below("network", [
  ...below("connect", ["alias"]),
  ...below("vpc", [
    ...below("placement", ["subnets", "subnets.from_tags", "subnets.from_tags.*"]),
    ...below("security_groups", ["from_cfn", "deny_default", "groups", "groups.from_cfn"]),
  ]),
]);

const variables: Keys = ["variables", "variables.*", "variables.*.from_cfn"];
const secrets: Keys = ["secrets", "secrets.*", "secrets.*.secretsmanager", "secrets.*.from_cfn"];

const storage: Keys = below("storage", [
  "ephemeral",
  "readonly_fs",
  "volumes",
  ...below("volumes.*", [
    "path",
    "read_only",
    ...below("efs", [
      "id",
      "id.from_cfn",
      "root_dir",
      "uid",
      "gid",
      "auth",
      "auth.iam",
      "auth.access_point_id",
    ]),
  ]),
]);

const publish: Keys = below("publish", [
  "topics",
  ...below("topics.*", ["name", ...below("fifo", ["content_based_deduplication"])]),
]);

const sidecars: Keys = below("sidecars", [
  ...below("*", [
    "port",
    ...below(
      "image",
      container.filter((key) => !key.includes("*") && !key.startsWith("build.")),
    ),
    ...below("image.build", ["dockerfile", "context", "target", "cache_from", "args"]),
    "essential",
    "credentialsParameter",
    "variables",
    "secrets",
    "env_file",
    ...below("mount_points", ["*.source_volume", "*.path", "*.read_only"]),
    "labels",
    "depends_on",
    "entrypoint",
    "command",
    ...check,
  ]),
]);

const logging: Keys = below("logging", [
  "retention",
  "image",
  "destination",
  "enableMetadata",
  "secretOptions",
  "configFilePath",
  "env_file",
]);

const tracing: Keys = below("observability", ["tracing"]);
const taskdefOverrides: Keys = below("taskdef_overrides", ["*.path", "*.value"]);

const onEcs: Keys = [
  "name",
  "type",
  ...image,
  ...size,
  ...platform,
  "entrypoint",
  "command",
  ...network,
  ...variables,
  "env_file",
  ...secrets,
  ...storage,
  ...publish,
  ...sidecars,
  ...logging,
  ...taskdefOverrides,
];
const service: Keys = [...onEcs, ...count, "exec", ...deployment, ...tracing];

export const documentedKeys: Readonly<Record<WorkloadType, Keys>> = {
  "Load Balanced Web Service": [...service, ...http, ...nlb, "image.port", ...byRequests],
  "Backend Service": [...service, ...http, "image.port", ...byRequests],
  "Worker Service": [
    ...service,
    ...byQueue,
    "deployment.rollback_alarms.messages_delayed",
    ...below("subscribe", [
      ...below("queue", [
        "delay",
        "retention",
        "timeout",
        ...below("fifo", [
          "content_based_deduplication",
          "deduplication_scope",
          "throughput_limit",
          "high_throughput",
        ]),
        "dead_letter.tries",
      ]),
      "topics",
      ...below("topics.*", ["name", "service", "filter_policy", "queue", "queue.fifo", "queue.timeout"]),
    ]),
  ],
  "Scheduled Job": [...onEcs, "on", "on.schedule", "retries", "timeout"],
  "Request-Driven Web Service": [
    "name",
    "type",
    ...below("http", [
      ...below("private", ["endpoint"]),
      ...below("healthcheck", ["path", "healthy_threshold", "unhealthy_threshold", "interval", "timeout"]),
      "alias",
    ]),
    ...below("image", [...build, "location", "port"]),
    ...size,
    ...below("network", below("vpc", ["placement"])),
    ...tracing,
    "command",
    ...variables,
    ...secrets,
    ...publish,
    "tags",
    "tags.*",
    "count",
  ],
  "Static Site": [
    "name",
    "type",
    ...below("http", ["alias", "certificate"]),
    ...below("files", ["*.source", "*.recursive", "*.destination", "*.exclude", "*.reinclude"]),
  ],
};

const subnets: Keys = ["*.id", "*.cidr", "*.az"];
const firewall: Keys = ["*.ip_protocol", "*.ports", "*.cidr"];

export const documentedEnvironmentKeys: Keys = [
  "name",
  "type",
  ...below("network", [
    ...below("vpc", [
      "id",
      "cidr",
      ...below("subnets", [...below("public", subnets), ...below("private", subnets)]),
      ...below("security_group", [...below("ingress", firewall), ...below("egress", firewall)]),
      ...below("flow_logs", ["retention"]),
    ]),
  ]),
  ...below("cdn", ["certificate", ...below("static_assets", ["alias", "location", "path"]), "terminate_tls"]),
  ...below("http", [
    ...below("public", [
      "certificates",
      ...below("access_logs", ["bucket_name", "prefix"]),
      "ssl_policy",
      ...below("ingress", ["cdn", "source_ips"]),
    ]),
    ...below("private", ["certificates", "subnets", ...below("ingress", ["vpc"]), "ssl_policy"]),
  ]),
  ...below("observability", ["container_insights"]),
];

const step: Keys = ["*", "*.buildspec", "*.depends_on"];

export const documentedPipelineKeys: Keys = [
  "name",
  "version",
  ...below("source", [
    "provider",
    ...below("properties", [
      "access_token_secret",
      "branch",
      "repository",
      "connection_name",
      "output_artifact_format",
    ]),
  ]),
  ...below("build", ["image", "buildspec", ...below("additional_policy", ["PolicyDocument"])]),
  ...below("stages", [
    "*.name",
    "*.requires_approval",
    ...below("*.pre_deployments", step),
    ...below("*.deployments", ["*", "*.depends_on", "*.stack_name", "*.template_path", "*.template_config"]),
    ...below("*.post_deployments", step),
    "*.test_commands",
  ]),
];
