import {
  type Becomes,
  each,
  inside,
  isTrue,
  lost,
  noted,
  notes,
  one,
  textOf,
  without,
} from "../treatment.ts";
import type { Workload, WorkloadKey } from "../workload.ts";

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#network-vpc */
const vpc = {
  placement: inside<Workload>(
    { subnets: lost("a service does not choose its subnets", "from_tags", "from_tags.*") },
    ({ value }) =>
      textOf(value) === "public"
        ? noted("tasks stand in private subnets and reach the internet through a NAT gateway")
        : noted("tasks stand in private subnets anyway"),
  ),
  security_groups: lost(
    "each service has a security group of its own, and none that exists is added",
    "from_cfn",
    "deny_default",
    "groups",
    "groups.from_cfn",
    "groups.*.from_cfn",
  ),
};

function connect({ value }: WorkloadKey): Becomes {
  return isTrue(value)
    ? noted("services that name each other in a variable or under `uses` reach each other by name")
    : noted("services that name each other in a variable or under `uses` reach each other all the same");
}

export const network = inside<Workload>({
  connect: inside<Workload>({ alias: lost("a service has one name, its own") }, connect),
  vpc: inside<Workload>(vpc),
});

/** App Runner only chooses whether it reaches into the network at all. */
export const requestDrivenNetwork = inside<Workload>({
  vpc: inside<Workload>({ placement: vpc.placement }),
});

const sidecarKeys = [
  "port",
  "image",
  "image.build",
  "image.location",
  "image.credentials",
  "image.labels",
  "image.depends_on",
  ...["context", "dockerfile", "args", "target", "cache_from"].map((key) => `image.build.${key}`),
  "essential",
  "credentialsParameter",
  "variables",
  "secrets",
  "env_file",
  "mount_points",
  "mount_points.*.source_volume",
  "mount_points.*.path",
  "mount_points.*.read_only",
  "labels",
  "depends_on",
  "entrypoint",
  "command",
  "healthcheck",
  ...["command", "interval", "retries", "timeout", "start_period"].map((key) => `healthcheck.${key}`),
];

/** https://aws.github.io/copilot-cli/docs/developing/sidecars/ */
export const sidecars = each(
  one<Workload>(
    () => without("a task has one container here: make it a service of its own, or part of the image"),
    ...sidecarKeys,
  ),
);

const routed = lost("output goes to CloudWatch Logs; no router stands between");

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#logging */
export const logging = inside<Workload>({
  retention: notes("logs are kept as long as the kind of environment asks: 7, 30 or 90 days"),
  image: routed,
  destination: lost("output goes to CloudWatch Logs; no router stands between", "*"),
  enableMetadata: routed,
  secretOptions: lost("output goes to CloudWatch Logs; no router stands between", "*"),
  configFilePath: routed,
  variables: lost("output goes to CloudWatch Logs; no router stands between", "*"),
  secrets: lost("output goes to CloudWatch Logs; no router stands between", "*"),
  env_file: routed,
});

export const observability = inside<Workload>({
  tracing: lost("no X-Ray daemon runs beside the task; send traces from the application itself"),
});

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#deployment */
export const deployment = inside<Workload>({
  rolling: one(({ value }) =>
    textOf(value) === "recreate"
      ? without("a release starts the new tasks before it stops the old ones; they have to bear each other")
      : noted("is how a release replaces tasks"),
  ),
  rollback_alarms: lost(
    "a release goes back when its tasks do not get well, not on alarms yet",
    "cpu_utilization",
    "memory_utilization",
    "messages_delayed",
  ),
});

export const exec = inside<Workload>(
  { enable: notes("`freehold run` starts a task beside it; nobody gets into a running one") },
  ({ value }) =>
    isTrue(value)
      ? noted("`freehold run` starts a task beside it; nobody gets into a running one")
      : noted("nobody gets into a running task anyway"),
);

export const taskdefOverrides = each(
  lost("nothing changes a task behind the file's back; write what it asks for as a key", "path", "value"),
);
