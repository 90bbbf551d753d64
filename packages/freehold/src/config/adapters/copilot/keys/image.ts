import type { Tree } from "../../../yaml/tree.ts";
import {
  type Becomes,
  inside,
  type KeyTable,
  lost,
  mapped,
  notes,
  numberOf,
  one,
  textOf,
  without,
  write,
} from "../treatment.ts";
import { own, type Workload, type WorkloadKey } from "../workload.ts";
import { folderPath, parentOf, relativePath } from "../workspace-path.ts";

/** The value as it is written, under a Compose key of the service. */
export function asItIs(...steps: readonly string[]) {
  return one(({ value, context }: WorkloadKey): Becomes => mapped([{ path: own(context, ...steps), value }]));
}

/** Copilot's path starts at the workspace, Compose's at the build context. */
function dockerfileOf({ value, context, place }: WorkloadKey, folder: string | undefined): Becomes {
  const file = textOf(value);
  if (file === undefined) return without("names no Dockerfile");
  const around = folder ?? parentOf(file);
  const inContext = relativePath(around, file);
  const build = own(context, "build");
  const written = folder === undefined ? [write([...build, "context"], folderPath(around), place)] : [];
  const dockerfile = inContext === "Dockerfile" ? [] : [write([...build, "dockerfile"], inContext, place)];
  return mapped([...written, ...dockerfile]);
}

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#image-build */
const build = one(
  (written: WorkloadKey): Becomes => {
    if (written.value.kind !== "section") return dockerfileOf(written, undefined);
    const parts = [...written.value.entries].flatMap(([name, { place, value }]) => {
      const part = { ...written, name, key: `${written.key}.${name}`, place, value };
      return buildPart(part, written.value);
    });
    return mapped(parts);
  },
  "dockerfile",
  "context",
  "target",
  "args",
  "args.*",
  "cache_from",
);

function buildPart(part: WorkloadKey, around: Tree) {
  const at = own(part.context, "build", part.name);
  switch (part.name) {
    case "dockerfile": {
      const context = around.kind === "section" ? textOf(around.entries.get("context")?.value) : undefined;
      const file = dockerfileOf(part, context);
      return file.outcome === "mapped" ? file.writes : [];
    }
    case "context":
      return [write(at, folderPath(textOf(part.value) ?? "."), part.place)];
    case "target":
    case "args":
    case "cache_from":
      return [{ path: at, value: part.value }];
    default:
      return [];
  }
}

const containers = lost("a task has one container here, so there is none to wait for", "*");

const built: KeyTable<Workload> = { build, location: asItIs("image") };

/** The check inside the container; the load balancer's own decides on AWS. */
const healthcheck = inside<Workload>({
  command: one(({ value, context }) =>
    mapped(
      [{ path: own(context, "healthcheck", "test"), value }],
      context.type === "web" ? "is run at home; on AWS the load balancer checks" : "is run at home",
    ),
  ),
  interval: asItIs("healthcheck", "interval"),
  retries: asItIs("healthcheck", "retries"),
  timeout: asItIs("healthcheck", "timeout"),
  start_period: asItIs("healthcheck", "start_period"),
});

/** What the internet or the other services reach. */
function port({ value, context, place }: WorkloadKey): Becomes {
  const number = numberOf(value);
  if (number === undefined) return without("is no port");
  const key = context.type === "web" ? "ports" : "expose";
  const items: Tree = { kind: "list", items: [{ kind: "scalar", value: String(number), place }], place };
  return mapped([{ path: own(context, key), value: items }]);
}

const container: KeyTable<Workload> = {
  ...built,
  credentials: lost("only images that are built, public, or in ECR can be run"),
  labels: notes("mean nothing on AWS; use `tags` of the collection", "*"),
  depends_on: containers,
};

export const image = inside<Workload>({ ...container, healthcheck });
export const imageWithPort = inside<Workload>({ ...container, healthcheck, port: one(port) });
export const jobImage = inside<Workload>({ ...container, healthcheck });
export const requestDrivenImage = inside<Workload>({ ...container, port: one(port) });
