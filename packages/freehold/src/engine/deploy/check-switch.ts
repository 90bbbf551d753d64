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
import { judgeRecovery, judgeTakeover, judgeTargets, type Rollout } from "./rollout.ts";

/** A target group that is to ask something else from now on. */
export interface CheckSwitch {
  readonly targetGroup: string;
  readonly before: Check;
  readonly after: Check;
  /** Whether tasks of before are targets as well, which need not know what is asked of the new ones. */
  readonly isBridged: boolean;
}

/** Whether a move's target group asks something else than the move wants; undefined when it does not. */
export async function checkSwitch(
  { place: { targetGroup }, check: after }: Move,
  hasTasks: boolean,
  ports: Ports,
): Promise<CheckSwitch | undefined> {
  if (targetGroup === undefined || after === undefined) return undefined;
  const before = await readCheck(targetGroup, ports);
  if (isSameCheck(before, after)) return undefined;
  return { targetGroup, before, after, isBridged: hasTasks && !isSameQuestion(before, after) };
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
  { targetGroup, after, isBridged }: CheckSwitch,
  id: string,
  wait: Omit<Wait, "judge">,
  ports: Ports,
): Promise<Failure | undefined> {
  if (!isBridged) return undefined;
  const judge = (rollout: Rollout) => judgeTakeover(rollout, id);
  const failure = await awaitRollout({ ...wait, judge }, ports);
  if (failure !== undefined) return failure;
  await writeCheck(targetGroup, after, ports);
  const until = ports.clock.now().getTime() + verdictSeconds(after) * 1000;
  const judgeCheck = (rollout: Rollout) =>
    judgeTargets(rollout, ports.clock.now().getTime() >= until, after.path);
  return awaitRollout({ ...wait, judge: judgeCheck }, ports);
}

/** Targets that pass a check are told to be healthy within this time, or not at all. */
const recoveryMilliseconds = 30_000;

/**
 * The tasks of before come back: first a check that those of both releases pass, then theirs. They are waited for only once
 * the present ones are healthy by it: as long as none is, a load balancer sends requests even to one that has not started yet.
 */
export async function undoSwitch(
  { targetGroup, before }: CheckSwitch,
  count: number,
  wait: Omit<Wait, "judge">,
  ports: Ports,
  putBack: () => Promise<void>,
): Promise<void> {
  await writeCheck(targetGroup, bridgeTo(before), ports);
  const judge = (rollout: Rollout) => judgeRecovery(rollout, count);
  await awaitRollout({ ...wait, judge, patience: recoveryMilliseconds }, ports);
  await putBack();
  await writeCheck(targetGroup, before, ports);
}
