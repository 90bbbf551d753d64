import type { Service } from "@aws-sdk/client-ecs";
import type { Ports } from "../ports.ts";
import { awaitRollout, type Wait } from "./await-rollout.ts";
import {
  bridgeTo,
  type Check,
  isSameCheck,
  isSameQuestion,
  readCheck,
  verdictSeconds,
  writeCheck,
} from "./check.ts";
import type { Failure } from "./failure.ts";
import type { Move } from "./move.ts";
import type { ServicePlace } from "./observe.ts";
import { judgeRecovery, judgeTakeover, judgeTargets, type Rollout } from "./rollout.ts";

/** A target group that is to ask something else from now on. */
export interface CheckSwitch {
  readonly targetGroup: string;
  readonly before: Check;
  readonly after: Check;
  /** Whether tasks of before are targets as well, which need not know what is asked of the new ones. */
  readonly isBridged: boolean;
  /** Seconds for which ECS overlooks a new task's failed checks. */
  readonly grace: number;
}

/** Whether a move's target group asks something else than the move wants; undefined when it does not. */
export async function checkSwitch(
  { place: { targetGroup }, check: after }: Move,
  service: Service,
  ports: Ports,
): Promise<CheckSwitch | undefined> {
  if (targetGroup === undefined || after === undefined) return undefined;
  const before = await readCheck(targetGroup, ports);
  if (isSameCheck(before, after)) return undefined;
  const { desiredCount = 0, healthCheckGracePeriodSeconds: grace = 0 } = service;
  return { targetGroup, before, after, isBridged: desiredCount > 0 && !isSameQuestion(before, after), grace };
}

/**
 * Lets the target group ask what the new tasks are to answer. A target group has one check for the tasks of both releases: a
 * path that those of before do not know would take them out of service, a mistyped one all of them for good.
 */
export async function beginSwitch(change: CheckSwitch, ports: Ports): Promise<void> {
  const { targetGroup, after, isBridged } = change;
  await writeCheck(targetGroup, isBridged ? bridgeTo(after) : after, ports);
}

/**
 * Once the new tasks have all traffic the check becomes as strict as it is meant, and is watched until it would have found
 * them unhealthy. Answers how they failed.
 *
 * @param id of the new deployment.
 */
export async function completeSwitch(
  { targetGroup, after, isBridged, grace }: CheckSwitch,
  id: string,
  wait: Omit<Wait, "judge">,
  ports: Ports,
): Promise<Failure | undefined> {
  if (!isBridged) return undefined;
  const judge = (rollout: Rollout) => judgeTakeover(rollout, id);
  const failure = await awaitRollout({ ...wait, judge }, ports);
  if (failure !== undefined) return failure;
  // Else ECS would replace tasks that fail, and a new one gets requests before it listens when none is healthy.
  await writeGrace(wait.place, trialGrace, ports);
  await writeCheck(targetGroup, after, ports);
  const until = ports.clock.now().getTime() + verdictSeconds(after) * 1000;
  const judgeCheck = (rollout: Rollout) =>
    judgeTargets(rollout, ports.clock.now().getTime() >= until, after.path);
  const unhealthy = await awaitRollout({ ...wait, judge: judgeCheck }, ports);
  if (unhealthy === undefined) await writeGrace(wait.place, grace, ports);
  return unhealthy;
}

/** Seconds; longer than any trial. What a killed run leaves of it is put right when the environment is provisioned. */
const trialGrace = 7200;

/** Starts no deployment. See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html. */
async function writeGrace({ cluster, service }: ServicePlace, seconds: number, ports: Ports): Promise<void> {
  const ecs = await ports.aws.ecs();
  await ecs.updateService({ cluster, service, healthCheckGracePeriodSeconds: seconds });
}

/** Targets that pass a check are told to be healthy within this time, or not at all. */
const recoveryMilliseconds = 30_000;

/**
 * The tasks of before come back: first a check that those of both releases pass, then theirs. They are waited for only once
 * the present ones are healthy by it: as long as none is, a load balancer sends requests even to one that has not started yet.
 */
export async function undoSwitch(
  { targetGroup, before, isBridged, grace }: CheckSwitch,
  count: number,
  wait: Omit<Wait, "judge">,
  ports: Ports,
  putBack: () => Promise<void>,
): Promise<void> {
  await writeCheck(targetGroup, bridgeTo(before), ports);
  const judge = (rollout: Rollout) => judgeRecovery(rollout, count);
  await awaitRollout({ ...wait, judge, patience: recoveryMilliseconds }, ports);
  if (isBridged) await writeGrace(wait.place, grace, ports);
  await putBack();
  await writeCheck(targetGroup, before, ports);
}
