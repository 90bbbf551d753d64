import type { Platform } from "../../platform.ts";
import type { Service } from "../services/service-record.ts";
import type { EcsState, EcsStore } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { applyDecision, type Site } from "./apply.ts";
import { assess, type Sighting, type TargetStates } from "./assess.ts";
import { type Decision, decide } from "./decide.ts";
import { forgetOld } from "./forget.ts";
import { createPulse, type Pulse } from "./pulse.ts";
import { readTargetStates } from "./target-states.ts";

/** Starts and stops what the scheduler decides. */
export interface TaskRunner {
  launch(taskArn: string): void;
  stop(taskArn: string): void;
}

/** Services at rest have their targets looked at only at each fifth look. */
const restLooks = 5;

/** Looks at all services after each change and each second. */
export function createScheduler(
  platform: Pick<Platform, "aws" | "clock" | "log">,
  store: EcsStore,
  site: Site,
  runner: TaskRunner,
): Pulse {
  let looks = 0;
  const pulse: Pulse = createPulse(platform, async () => {
    const now = (): number => platform.clock.now().getTime();
    const watched = watchedTasks(store.get(), looks++ % restLooks === 0);
    const targets = await readTargetStates(platform, watched);
    const known = new Set(watched.map(({ arn }) => arn));
    const saved = Object.values(store.get().services)
      .filter(({ status }) => status !== "INACTIVE" && pulse.isRunning())
      .map(({ arn }) => carryOut(store, site, runner, arn, { targets, known, now: now() }));
    await Promise.all(saved);
    await forgetOld(store, now());
  });
  return pulse;
}

interface View {
  readonly targets: TargetStates;
  /** Tasks whose targets have been looked at; the others are judged at the next look. */
  readonly known: ReadonlySet<string>;
  readonly now: number;
}

/** From the reading of the state to its writing nothing else comes between. */
async function carryOut(
  store: EcsStore,
  site: Site,
  runner: TaskRunner,
  serviceArn: string,
  view: View,
): Promise<void> {
  const state = store.get();
  const service = state.services[serviceArn];
  if (service === undefined) return;
  const decision = decide(service, sightings(state, service, view), view.now);
  if (isIdle(decision, service)) return;
  const { state: next, started, stopped } = applyDecision(state, site, decision, view.now);
  const saved = store.update(() => next);
  for (const taskArn of stopped) runner.stop(taskArn);
  for (const { arn } of started) runner.launch(arn);
  await saved;
}

function isIdle({ service, launch, stops, messages }: Decision, before: Service): boolean {
  return service === before && launch === 0 && stops.length === 0 && messages.length === 0;
}

function sightings(state: EcsState, service: Service, { targets, known, now }: View): readonly Sighting[] {
  const grace = service.healthCheckGracePeriodSeconds ?? 0;
  return tasksOf(state, service).map((task) => {
    const condition = assess(task, targets, grace, now);
    const unseen = task.loadBalancers.length > 0 && !known.has(task.arn) && condition.kind === "settling";
    // A service at rest stays at rest between two looks at its targets.
    return { task, condition: unseen && service.steady ? { kind: "healthy" } : condition };
  });
}

function tasksOf(state: EcsState, { arn }: Service): readonly Task[] {
  return Object.values(state.tasks).filter(
    (task) => task.serviceArn === arn && task.lastStatus !== "STOPPED",
  );
}

/** Running tasks with targets: of restless services always, of all now and then. */
function watchedTasks(state: EcsState, all: boolean): readonly Task[] {
  return Object.values(state.tasks).filter(
    (task) =>
      task.lastStatus === "RUNNING" &&
      task.loadBalancers.length > 0 &&
      (all || state.services[task.serviceArn ?? ""]?.steady === false),
  );
}
