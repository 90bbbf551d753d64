import { partAt, type Section, type Tree } from "../../yaml/tree.ts";
import { scheduleOf } from "./schedule.ts";
import { numberOf, textOf, type Written } from "./treatment.ts";

/** What a service or job of Copilot's is called here. */
export type NativeType = "web" | "private" | "worker" | "cron" | "job" | "site";

/** A manifest of a service or job, and what had to be decided of it as a whole. */
export interface Workload {
  readonly name: string;
  readonly manifest: Section;
  readonly type: NativeType;
  readonly why: string;
  /** The part of the site it answers; two Copilot services may share one, two of ours may not. */
  readonly path?: string;
  /** More than one environment runs it. */
  readonly isInSeveral: boolean;
  /** The environment whose overrides are read; undefined for the manifest's own keys. */
  readonly environment?: string;
}

export type WorkloadKey = Written<Workload>;

/** Where a Compose key of the workload's service stands. */
export function own({ name }: Workload, ...steps: readonly string[]): readonly string[] {
  return ["services", name, ...steps];
}

/** Where one of its settings under `x-freehold` stands. */
export function setting({ name }: Workload, ...steps: readonly string[]): readonly string[] {
  return ["services", name, "x-freehold", ...steps];
}

/** Where a resource that belongs to a workload stands. */
export function resource(name: string, ...steps: readonly string[]): readonly string[] {
  return ["x-freehold", "resources", name, ...steps];
}

/** The documented types of manifests, as `type` writes them. */
export const workloadTypes = [
  "Load Balanced Web Service",
  "Request-Driven Web Service",
  "Backend Service",
  "Worker Service",
  "Scheduled Job",
  "Static Site",
] as const;

export type WorkloadType = (typeof workloadTypes)[number];

export function workloadType(manifest: Section): WorkloadType | undefined {
  const written = textOf(partAt(manifest, ["type"]));
  return workloadTypes.find((type) => type === written);
}

/** What Copilot lets every service do. */
const calling = "one that calls it and names it in no variable lists it under `uses`";

type Kind = Pick<Workload, "type" | "why">;

/** What a workload becomes here. */
export function kindOf(type: WorkloadType, manifest: Section): Kind {
  switch (type) {
    case "Load Balanced Web Service":
      return isOff(partAt(manifest, ["http"]))
        ? { type: "private", why: "a network load balancer alone stands before it, and none is built here" }
        : { type: "web", why: "the internet reaches it through the load balancer" };
    case "Request-Driven Web Service":
      return isOff(partAt(manifest, ["http", "private"])) || !partAt(manifest, ["http", "private"])
        ? { type: "web", why: "runs on Fargate behind the load balancer in place of App Runner" }
        : { type: "private", why: `runs on Fargate, for the other services only; ${calling}` };
    case "Backend Service":
      return hasPort(manifest)
        ? { type: "private", why: `the other services reach its port; ${calling}` }
        : { type: "worker", why: "it has no port" };
    case "Worker Service":
      return { type: "worker", why: "takes messages from its queue" };
    case "Scheduled Job":
      return scheduleKind(partAt(manifest, ["on", "schedule"]));
    case "Static Site":
      return { type: "site", why: "files on S3 behind CloudFront" };
  }
}

function isOff(tree: Tree | undefined): boolean {
  return tree?.kind === "scalar" && tree.value === false;
}

function hasPort(manifest: Section): boolean {
  return numberOf(partAt(manifest, ["image", "port"])) !== undefined;
}

function scheduleKind(tree: Tree | undefined): Kind {
  const schedule = scheduleOf(textOf(tree) ?? "none");
  return schedule.kind === "cron"
    ? { type: "cron", why: "it has a schedule" }
    : { type: "job", why: schedule.reason };
}
