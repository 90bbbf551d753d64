import type { Outcome } from "../../adapter.ts";
import type { WorkloadType } from "../workload.ts";

/** A key, a value it may have, what becomes of it, and where it goes (below `services.tea`, or from the top with `/`). */
export type Expected = readonly [key: string, value: unknown, outcome: Outcome, to?: string];

const mapped = "mapped";
const noted = "noted";
const lost = "without counterpart";
const x = "x-freehold";

const healthcheck: readonly Expected[] = [
  ["http.healthcheck", "healthz", mapped, `${x}.health.path`],
  ["http.healthcheck.path", "/healthz", mapped, `${x}.health.path`],
  ["http.healthcheck.healthy_threshold", 3, mapped, `${x}.health.healthy`],
  ["http.healthcheck.unhealthy_threshold", 2, mapped, `${x}.health.unhealthy`],
  ["http.healthcheck.interval", "15s", mapped, `${x}.health.interval`],
  ["http.healthcheck.timeout", "10s", mapped, `${x}.health.timeout`],
];

const http: readonly Expected[] = [
  ...healthcheck,
  ["http", false, noted],
  ["http.path", "tea", mapped, `${x}.path`],
  ["http.alb", "existing", lost],
  ["http.healthcheck.port", 8081, lost],
  ["http.healthcheck.success_codes", "200,301", mapped, `${x}.health.codes`],
  ["http.healthcheck.grace_period", "2m", mapped, `${x}.health.grace`],
  ["http.deregistration_delay", "50s", mapped, "stop_grace_period"],
  ["http.target_container", "envoy", lost],
  ["http.target_container", "tea", noted],
  ["http.targetContainer", "envoy", lost],
  ["http.target_port", 8083, mapped, `${x}.port`],
  ["http.stickiness", true, lost],
  ["http.stickiness", false, noted],
  ["http.allowed_source_ips", ["192.0.2.0/24"], lost],
  ["http.alias", "tea.example", mapped, `${x}.domain`],
  ["http.alias", [{ name: "tea.example", hosted_zone: "Z0873220N255IR3MTNR4" }], mapped, `${x}.domain`],
  ["http.hosted_zone", "Z0873220N255IR3MTNR4", noted],
  ["http.redirect_to_https", true, noted],
  ["http.redirect_to_https", false, lost],
  ["http.version", "http1", noted],
  ["http.version", "grpc", lost],
  ["http.additional_rules", [{ path: "green" }], lost],
  ["nlb", { port: "80/tcp" }, lost],
];

const internalHttp: readonly Expected[] = [
  ...[
    "path",
    "alb",
    "healthcheck",
    "deregistration_delay",
    "target_container",
    "target_port",
    "stickiness",
  ].map((key): Expected => [`http.${key}`, "/", noted]),
  ...["allowed_source_ips", "hosted_zone", "redirect_to_https", "version"].map(
    (key): Expected => [`http.${key}`, "/", noted],
  ),
  ["http.alias", "tea.internal", lost],
  ["http.additional_rules", [{ path: "green" }], lost],
];

const image: readonly Expected[] = [
  ["image.build", "./tea/Dockerfile", mapped, "build.context"],
  [
    "image.build",
    { context: "tea", target: "production" },
    mapped,
    "build.context, services.tea.build.target",
  ],
  ["image.location", "public.ecr.aws/tea/tea:1", mapped, "image"],
  ["image.credentials", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:registry", lost],
  ["image.labels", { team: "tea" }, noted],
  ["image.depends_on", { nginx: "start" }, lost],
];

const check: readonly Expected[] = [
  ["image.healthcheck.command", ["CMD", "true"], mapped, "healthcheck.test"],
  ["image.healthcheck.interval", "10s", mapped, "healthcheck.interval"],
  ["image.healthcheck.retries", 2, mapped, "healthcheck.retries"],
  ["image.healthcheck.timeout", "5s", mapped, "healthcheck.timeout"],
  ["image.healthcheck.start_period", "0s", mapped, "healthcheck.start_period"],
];

const size: readonly Expected[] = [
  ["name", "tea", mapped, "environment.COPILOT_SERVICE_NAME, services.tea"],
  ["cpu", 512, mapped, "deploy.resources.limits.cpus"],
  ["memory", 1024, mapped, "deploy.resources.limits.memory"],
  ["platform", "linux/arm64", mapped, "platform"],
  ["platform", "windows/x86_64", lost],
  ["platform.osfamily", "linux", mapped, "platform"],
  ["platform.osfamily", "windows_server_2022_core", lost],
  ["platform.architecture", "arm64", mapped, "platform"],
  ["command", "npm start", mapped, "command"],
];

const topic = "/x-freehold.resources.tea-leaves";
const leaves = "x-freehold.resources.tea-leaves-queue";
const received =
  "/x-freehold.resources.garden-leaves.type, x-freehold.resources.garden-leaves.subscriptions.tea-queue";
const variables: readonly Expected[] = [
  ["variables.LOG_LEVEL", "info", mapped, "environment.LOG_LEVEL"],
  ["variables.LOG_LEVEL.from_cfn", "stack-LogLevel", lost],
  ["secrets.KEY", "GH_WEBHOOK_SECRET", mapped, `${x}.secrets`],
  [
    "secrets.KEY.secretsmanager",
    "mysql:password::",
    mapped,
    `${x}.variables.KEY.secret, services.tea.${x}.variables.KEY.key`,
  ],
  ["secrets.KEY.secretsmanager", "mysql", mapped, `${x}.variables.KEY.secret`],
  ["secrets.KEY.from_cfn", "stack-Secret", mapped, `${x}.secrets`],
  ["publish.topics", [{ name: "leaves" }], mapped, `${topic}.type, services.tea.${x}.uses`],
  [
    "publish.topics",
    [{ name: "leaves", fifo: true }],
    mapped,
    `${topic}.type, x-freehold.resources.tea-leaves.fifo, services.tea.${x}.uses`,
  ],
];

const network: readonly Expected[] = [
  ["network.vpc.placement", "private", noted],
  ["network.vpc.placement", "public", noted],
  ["network.vpc.placement.subnets", ["subnet-1"], lost],
];

const onEcs: readonly Expected[] = [
  ...image,
  ...check,
  ...size,
  ...variables,
  ...network,
  ["entrypoint", ["npm"], mapped, "entrypoint"],
  ["env_file", "tea.env", mapped, "env_file"],
  ["exec", true, noted],
  ["exec.enable", true, noted],
  ["network.connect", true, noted],
  ["network.connect.alias", "leaves", lost],
  ["network.vpc.security_groups", ["sg-1"], lost],
  ["storage.ephemeral", 100, lost],
  ["storage.readonly_fs", true, mapped, "read_only"],
  ["storage.readonly_fs", false, noted],
  ["storage.volumes.jars", { path: "/jars", efs: true }, mapped, "volumes, volumes.tea-jars"],
  ["storage.volumes.jars", { path: "/jars", efs: { uid: 1, gid: 1 } }, mapped, "volumes, volumes.tea-jars"],
  ["storage.volumes.jars", { path: "/jars", efs: { id: "fs-1" } }, lost],
  ["storage.volumes.jars", { path: "/jars" }, noted],
  ["sidecars.nginx", { image: "nginx", port: 80 }, lost],
  ["logging.retention", 30, noted],
  ...["image", "enableMetadata", "configFilePath", "env_file"].map(
    (key): Expected => [`logging.${key}`, "x", lost],
  ),
  ...["destination", "secretOptions", "variables", "secrets"].map(
    (key): Expected => [`logging.${key}`, { Name: "x" }, lost],
  ),
  ["taskdef_overrides", [{ path: "ContainerDefinitions[0].Ulimits", value: 1 }], lost],
  ["observability.tracing", "awsxray", lost],
];

const scaled: readonly Expected[] = [
  ["count", 3, mapped, `${x}.scale.min`],
  ["count.spot", 5, mapped, `${x}.scale.min, services.tea.${x}.spot`],
  ["count.range", "1-10", mapped, `${x}.scale.min, services.tea.${x}.scale.max`],
  ["count.range.min", 1, mapped, `${x}.scale.min`],
  ["count.range.max", 10, mapped, `${x}.scale.max`],
  ["count.range.spot_from", 3, mapped, `${x}.spot`],
  ["count.cooldown.in", "60s", mapped, `${x}.scale.cooldown`],
  ["count.cooldown.out", "30s", noted],
  ...["cpu_percentage", "memory_percentage"].flatMap((key) => metric(key, key.replace("_percentage", ""))),
];

const byRequests: readonly Expected[] = [
  ...metric("requests", "requests"),
  ["count.response_time", "2s", lost],
];

function metric(key: string, native: string): readonly Expected[] {
  return [
    [`count.${key}`, 70, mapped, `${x}.scale.${native}`],
    [`count.${key}.value`, 70, mapped, `${x}.scale.${native}`],
    [`count.${key}.cooldown`, { in: "80s" }, noted],
  ];
}

const service: readonly Expected[] = [
  ...onEcs,
  ...scaled,
  ["deployment.rolling", "default", noted],
  ["deployment.rolling", "recreate", lost],
  ["deployment.rollback_alarms", ["alarm"], lost],
];

const queue = "/x-freehold.resources.tea-queue";

export const expectedOutcomes: Readonly<Record<WorkloadType, readonly Expected[]>> = {
  "Load Balanced Web Service": [
    ...service,
    ...byRequests,
    ...http,
    ["type", "Load Balanced Web Service", mapped, `${x}.type`],
    ["image.port", 8080, mapped, "ports"],
  ],
  "Backend Service": [
    ...service,
    ...byRequests,
    ...internalHttp,
    ["type", "Backend Service", mapped, `${x}.type`],
    ["image.port", 8080, mapped, "expose"],
  ],
  "Worker Service": [
    ...service,
    ["type", "Worker Service", mapped, `${x}.type`],
    [
      "count.queue_delay",
      { acceptable_latency: "10m", msg_processing_time: "250ms" },
      mapped,
      `${x}.scale.backlog`,
    ],
    ["subscribe.topics", [{ name: "leaves", service: "garden" }], mapped, received],
    [
      "subscribe.topics",
      [{ name: "leaves", service: "garden", filter_policy: { kind: ["green"] } }],
      mapped,
      received,
    ],
    [
      "subscribe.topics",
      [{ name: "leaves", service: "garden", queue: { timeout: "45s", dead_letter: { tries: 3 } } }],
      mapped,
      `/x-freehold.resources.garden-leaves.type, x-freehold.resources.garden-leaves.subscriptions.tea-leaves-queue, ${leaves}.type, services.tea.${x}.uses, ${leaves}.visibility_timeout, ${leaves}.max_receives`,
    ],
    ["subscribe.topics", [{ name: "leaves" }], lost],
    ["subscribe.queue.delay", "30s", lost],
    ["subscribe.queue.retention", "96h", mapped, `${queue}.retention_days`],
    ["subscribe.queue.timeout", "45s", mapped, `${queue}.visibility_timeout`],
    ["subscribe.queue.fifo", true, mapped, `${queue}.fifo`],
    ...["content_based_deduplication", "deduplication_scope", "throughput_limit", "high_throughput"].map(
      (key): Expected => [`subscribe.queue.fifo.${key}`, true, lost],
    ),
    ["subscribe.queue.dead_letter.tries", 5, mapped, `${queue}.max_receives`],
  ],
  "Scheduled Job": [
    ...onEcs,
    ...scaled,
    ...byRequests,
    ["type", "Scheduled Job", mapped, `${x}.type`],
    ["on.schedule", "@daily", mapped, `${x}.schedule`],
    ["on.schedule", "none", noted],
    ["on.schedule", "rate(7 minutes)", lost],
    ["retries", 3, lost],
    ["timeout", "1h", lost],
  ],
  "Request-Driven Web Service": [
    ...image,
    ...size,
    ...variables,
    ...network,
    ...healthcheck,
    ["type", "Request-Driven Web Service", mapped, `${x}.type`],
    ["http.private", true, noted],
    ["http.alias", "tea.example", mapped, `${x}.domain`],
    ["http.healthcheck.port", 8081, lost],
    ["http.healthcheck.success_codes", "200", mapped, `${x}.health.codes`],
    ["http.healthcheck.grace_period", "2m", mapped, `${x}.health.grace`],
    ["image.port", 8080, mapped, "ports"],
    ["observability.tracing", "awsxray", lost],
    ["tags", { team: "tea" }, lost],
    ["count", "high-availability/3", lost],
  ],
  "Static Site": [
    ["name", "tea", mapped, ""],
    ["type", "Static Site", mapped, `${x}.type`],
    ["http.alias", "tea.example", mapped, `${x}.domain`],
    ["http.certificate", "arn:aws:acm:us-east-1:111122223333:certificate/1", noted],
    ["files[0].source", "public", mapped, `${x}.output`],
    ["files[0].recursive", true, noted],
    ["files[0].destination", "assets", lost],
    ["files[0].exclude", "*.map", lost],
    ["files[0].reinclude", "*.txt", noted],
  ],
};
