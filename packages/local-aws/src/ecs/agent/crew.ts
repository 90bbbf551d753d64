import type { Container } from "../../docker-engine/containers.ts";
import { isEssential } from "../task-definitions/task-definition.ts";
import type { Task } from "../tasks/task.ts";
import { changeContainer } from "../tasks/transitions.ts";
import { containerOptions } from "./container-options.ts";
import { awaitDependencies, type Exit, type Milestones } from "./dependencies.ts";
import { watchContainer } from "./member.ts";
import { reasonOf, StartFailure } from "./start-failure.ts";
import type { Supply } from "./supplies.ts";
import type { VolumeSources } from "./volumes.ts";
import { change, labelsOf, type World } from "./world.ts";

/** The containers of one task. */
export interface Crew {
  /** All have started. Rejects with the StartFailure of the first that cannot. */
  readonly started: Promise<void>;
  /** The first end of an essential container. */
  readonly essentialEnd: Promise<Exit>;
  /** Stops those that run, dependents first; resolves when all have ended. Those that are hurried are given 5 seconds. */
  stop(hurry: AbortSignal): Promise<void>;
}

export interface CrewParts {
  readonly task: Task;
  readonly supplies: readonly Supply[];
  readonly volumes: VolumeSources;
  readonly pauseId: string;
  readonly processors: number;
  /** Told of every container made, so that it is removed in the end. */
  readonly keep: (made: Container) => void;
}

interface Member {
  readonly supply: Supply;
  readonly started: PromiseWithResolvers<void>;
  readonly healthy: PromiseWithResolvers<void>;
  readonly ended: PromiseWithResolvers<Exit>;
}

const defaultStopTimeout = 30;
const hurriedSeconds = 5;

/** Starts containers in the order their dependencies allow. */
export function startCrew(world: World, parts: CrewParts): Crew {
  const stopping = Promise.withResolvers<"stopping">();
  let stopped = false;
  const members = new Map(parts.supplies.map((supply) => [nameOf(supply), newMember(supply)]));
  const made = new Map<string, Container>();

  const start = async (member: Member): Promise<void> => {
    const name = nameOf(member.supply);
    const waited = awaitDependencies(name, member.supply.definition.dependsOn ?? [], milestones(members));
    await Promise.race([waited, stopping.promise]);
    if (stopped) return;
    const container = await startContainer(world, parts, member.supply);
    made.set(name, container);
    member.started.resolve();
    const watched = { world, taskArn: parts.task.arn, name, container, shipper: member.supply.shipper };
    watchContainer({ ...watched, onHealthy: member.healthy.resolve }).then(
      member.ended.resolve,
      member.ended.reject,
    );
  };
  const starts = new Map([...members].map(([name, member]) => [name, start(member)]));
  const stop = async (member: Member, hurry: AbortSignal): Promise<void> => {
    const name = nameOf(member.supply);
    await starts.get(name)?.catch(() => undefined);
    const container = made.get(name);
    if (container === undefined) return;
    const dependents = [...members.values()].filter(
      (other) => dependsOn(other, name) && made.has(nameOf(other.supply)),
    );
    await Promise.all(dependents.map((other) => other.ended.promise.catch(() => undefined)));
    await end(container, member.supply.definition.stopTimeout, hurry);
    await member.ended.promise.catch(() => undefined);
  };
  const essential = [...members.values()].filter(({ supply }) => isEssential(supply.definition));
  return {
    started: quiet(Promise.all(starts.values()).then(() => undefined)),
    essentialEnd: quiet(Promise.race(essential.map(({ ended }) => ended.promise))),
    stop: async (hurry) => {
      stopped = true;
      stopping.resolve("stopping");
      await Promise.all([...members.values()].map((member) => stop(member, hurry)));
    },
  };
}

/** SIGTERM (or the image's own signal), then SIGKILL. One that hurry overtakes is killed at once. */
async function end(container: Container, timeout = defaultStopTimeout, hurry: AbortSignal): Promise<void> {
  const kill = (): void => void container.kill().catch(() => undefined);
  const seconds = hurry.aborted ? Math.min(timeout, hurriedSeconds) : timeout;
  hurry.addEventListener("abort", kill);
  await container.stop({ t: seconds }).catch(() => undefined);
  hurry.removeEventListener("abort", kill);
}

/** A container that Docker will not start says why, in the task and in its own `reason`. */
async function startContainer(world: World, parts: CrewParts, supply: Supply): Promise<Container> {
  const { task, volumes, pauseId, processors, keep } = parts;
  const name = nameOf(supply);
  try {
    const authorities = await world.authorities();
    const options = { ...supply, task, volumes, pauseId, processors, authorities };
    const container = await world.platform.docker.createContainer(
      containerOptions({ ...options, labels: labelsOf(world, task) }),
    );
    keep(container);
    await container.start();
    await change(world, task.arn, (now) =>
      changeContainer(now, name, { lastStatus: "RUNNING", runtimeId: container.id }),
    );
    return container;
  } catch (error) {
    throw new StartFailure(`CannotStartContainerError: ${reasonOf(error)}`, name);
  }
}

function newMember(supply: Supply): Member {
  const member: Member = {
    supply,
    started: Promise.withResolvers(),
    healthy: Promise.withResolvers(),
    ended: Promise.withResolvers(),
  };
  quiet(member.ended.promise);
  return member;
}

function milestones(members: ReadonlyMap<string, Member>): ReadonlyMap<string, Milestones> {
  return new Map(
    [...members].map(([name, { started, healthy, ended }]) => [
      name,
      { started: started.promise, healthy: healthy.promise, ended: ended.promise },
    ]),
  );
}

function dependsOn({ supply }: Member, name: string): boolean {
  return supply.definition.dependsOn?.some(({ containerName }) => containerName === name) === true;
}

function nameOf({ definition }: Supply): string {
  return definition.name ?? "";
}

/** Nobody may be waiting yet when a promise is rejected; that is no fault. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
