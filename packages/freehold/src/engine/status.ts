import type { Task } from "@aws-sdk/client-ecs";
import { siteServices } from "../app/find.ts";
import { describeService, targetsOf, tasksOf } from "./deploy/observe.ts";
import type { Ports } from "./ports.ts";
import { openTarget } from "./release/open.ts";
import type { Release } from "./release/record.ts";
import { placeOf } from "./release/settle.ts";
import { readHistory, shelfOf } from "./release/store.ts";
import { type RunningService, type ServiceStatus, serviceStatus } from "./status-service.ts";
import type { EnvironmentRequest, Target } from "./target.ts";
import { stoppedTask } from "./task/stopped-task.ts";
import { urlOf } from "./url.ts";

export interface Status {
  readonly environment: string;
  /** Undefined when nothing is public. */
  readonly url?: string;
  /** The live release. */
  readonly release?: Pick<Release, "id" | "createdAt" | "author" | "commit" | "rollbackOf">;
  readonly services: readonly ServiceStatus[];
}

/** What an environment runs, how it is, and why something is not. */
export async function status(request: EnvironmentRequest, ports: Ports): Promise<Status> {
  const target = await openTarget(request, ports);
  const { live } = await readHistory(shelfOf(target), ports);
  const url = urlOf(target.outputs);
  const services = await Promise.all(
    Object.keys(target.outputs.services)
      .sort()
      .map((name) => serviceOf(name, target, live, ports)),
  );
  return {
    environment: target.environment.name,
    ...(url === undefined ? {} : { url }),
    ...(live === undefined ? {} : { release: headOf(live) }),
    services: [...services, ...sitesOf(target, live, url)],
  };
}

function headOf({ id, createdAt, author, commit, rollbackOf }: Release): NonNullable<Status["release"]> {
  return {
    id,
    createdAt,
    author,
    ...(commit === undefined ? {} : { commit }),
    ...(rollbackOf === undefined ? {} : { rollbackOf }),
  };
}

async function serviceOf(
  name: string,
  target: Target,
  live: Release | undefined,
  ports: Ports,
): Promise<ServiceStatus> {
  const released = live?.services[name];
  const release = released === undefined ? {} : { image: released.image, changedIn: released.changedIn };
  const place = placeOf(target, name);
  if (place === undefined) {
    const cron = target.environment.services.find((one) => one.name === name && one.type === "cron");
    const schedule = cron?.type === "cron" ? { schedule: cron.written } : {};
    const type = target.outputs.services[name]?.type ?? "cron";
    const waiting = type === "job" ? "ready" : "scheduled";
    const state = released === undefined ? "not released" : waiting;
    return { name, type, state, ...release, ...schedule, tasks: [], targets: [], stopped: [] };
  }
  const [service, running, stopped, targets] = await Promise.all([
    describeService(place, ports),
    tasksOf(place, "RUNNING", ports),
    tasksOf(place, "STOPPED", ports),
    targetsOf(place, [], ports),
  ]);
  const type = target.outputs.services[name]?.type ?? "worker";
  const seen: RunningService = {
    service,
    running: running.map(runningTask),
    stopped: stopped.map(stoppedTask),
    targets,
  };
  return { name, type, ...release, ...serviceStatus(seen) };
}

function runningTask(task: Task): RunningService["running"][number] {
  return {
    arn: task.taskArn ?? "",
    state: task.lastStatus ?? "",
    ...(task.startedAt === undefined ? {} : { startedAt: task.startedAt.toISOString() }),
  };
}

function sitesOf(
  { environment }: Target,
  live: Release | undefined,
  url: string | undefined,
): readonly ServiceStatus[] {
  return siteServices(environment).map(({ name, path }) => ({
    name,
    type: "site",
    state: live?.sites[name] === undefined ? "not released" : "served",
    ...(url === undefined ? {} : { url: `${url}${path}` }),
    tasks: [],
    targets: [],
    stopped: [],
  }));
}
