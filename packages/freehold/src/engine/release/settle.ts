import { containerServices } from "../../app/find.ts";
import { pendingChange } from "../deploy/change.ts";
import { checkSwitch } from "../deploy/check-switch.ts";
import { moveServices } from "../deploy/deploy.ts";
import type { Move } from "../deploy/move.ts";
import { describeService, type ServicePlace } from "../deploy/observe.ts";
import { isErrorNamed } from "../error-name.ts";
import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import type { Target } from "../target.ts";
import { describeRevision } from "../task/task-definition.ts";
import { dependencyWaves } from "./plan.ts";
import type { ReleasedService, ReleasedSite } from "./record.ts";
import { updateSchedule } from "./schedules.ts";
import { switchSites } from "./site-upload.ts";
import type { History } from "./store.ts";

export interface SettleRequest {
  readonly target: Target;
  readonly services: Readonly<Record<string, ReleasedService>>;
  readonly sites: Readonly<Record<string, ReleasedSite>>;
  /** Its live release is what to go back to. */
  readonly history: History;
  readonly parent?: string;
  readonly signal?: AbortSignal;
}

/**
 * Makes the environment run what a release says: services in dependency order, then sites, then schedules. Looks at what is
 * there first and touches only what is otherwise, so a run that was killed is completed by the next.
 */
export async function settle(request: SettleRequest, ports: Ports, emit: Emit): Promise<void> {
  const { live } = request.history;
  const serving = live === undefined ? {} : { serving: live.id };
  await moveServices({ ...request, ...serving, waves: await movesOf(request, ports) }, ports, emit);
  await settleSites(request, ports, emit);
  await settleSchedules(request, ports, emit);
}

async function movesOf(request: SettleRequest, ports: Ports): Promise<readonly (readonly Move[])[]> {
  const moves = await Promise.all(
    Object.entries(request.services).map(([name, released]) => moveOf(name, released, request, ports)),
  );
  const services = containerServices(request.target.environment);
  const dependsOn = (name: string) => services.find((one) => one.name === name)?.dependsOn ?? [];
  return dependencyWaves(
    moves.flatMap((move) => move ?? []),
    dependsOn,
  );
}

async function moveOf(
  name: string,
  released: ReleasedService,
  { target, history: { live } }: SettleRequest,
  ports: Ports,
): Promise<Move | undefined> {
  const place = placeOf(target, name);
  if (place === undefined) return undefined;
  const fallback = live?.services[name]?.taskDefinitionArn;
  const running = await describeService(place, ports);
  const isCountKept = live?.services[name]?.count === released.count && running?.desiredCount !== 0;
  const move = {
    name,
    place,
    revision: await describeRevision(released.taskDefinitionArn, ports),
    ...(isCountKept ? {} : { count: released.count }),
    ...(fallback === undefined ? {} : { fallback }),
    ...(released.check === undefined ? {} : { check: released.check }),
    ...(released.connect === undefined ? {} : { connect: released.connect }),
  };
  if (running === undefined || pendingChange(running, move) !== "none") return move;
  return (await checkSwitch(move, running, ports)) === undefined ? undefined : move;
}

/** The ECS service of a service; undefined for a cron, and for one the environment no longer has. */
export function placeOf({ shared, outputs }: Target, name: string): ServicePlace | undefined {
  const found = outputs.services[name];
  if (found === undefined || found.ecs_service === null) return undefined;
  const place = { cluster: shared.cluster_arn, service: found.ecs_service };
  return found.target_group_arn === null ? place : { ...place, targetGroup: found.target_group_arn };
}

async function settleSites(request: SettleRequest, ports: Ports, emit: Emit): Promise<void> {
  const behind = await sitesBehind(request, ports);
  if (Object.keys(behind).length === 0) return;
  const parent = request.parent === undefined ? {} : { parent: request.parent };
  await step({ id: "sites", title: "Switch the sites", ...parent }, ports, emit, async (report) => {
    const { history, target } = request;
    await switchSites({ sites: behind, outputs: target.outputs, history }, ports);
    report.end({ outcome: "done", detail: Object.keys(behind).join(", ") });
  });
}

/** Sites whose key does not point at their folder. */
async function sitesBehind({ sites, target }: SettleRequest, ports: Ports): Promise<SettleRequest["sites"]> {
  const KvsARN = target.outputs.key_value_store_arn;
  if (KvsARN === null) return {};
  const store = await ports.aws.keyValueStore();
  const entries = await Promise.all(
    Object.entries(sites).map(async ([name, site]) => {
      const Key = target.outputs.sites[name]?.key;
      // A site that the environment no longer has cannot be switched.
      if (Key === undefined) return [];
      const value = await store.getKey({ KvsARN, Key }).then(
        (answer) => answer.Value,
        (error: unknown) => {
          if (isErrorNamed(error, "ResourceNotFoundException")) return undefined;
          throw error;
        },
      );
      return value === site.folder ? [] : [[name, site] as const];
    }),
  );
  return Object.fromEntries(entries.flat());
}

async function settleSchedules(request: SettleRequest, ports: Ports, emit: Emit): Promise<void> {
  const scheduled = Object.entries(request.services).flatMap(([service, { taskDefinitionArn }]) => {
    const schedule = request.target.outputs.services[service]?.schedule ?? undefined;
    return schedule === undefined ? [] : [{ service, schedule, taskDefinitionArn }];
  });
  if (scheduled.length === 0) return;
  const parent = request.parent === undefined ? {} : { parent: request.parent };
  await step({ id: "schedules", title: "Update the schedules", ...parent }, ports, emit, async (report) => {
    const updated: string[] = [];
    for (const one of scheduled) if (await updateSchedule(one, ports)) updated.push(one.service);
    const detail = updated.join(", ");
    report.end(updated.length === 0 ? { outcome: "unchanged" } : { outcome: "done", detail });
  });
}
