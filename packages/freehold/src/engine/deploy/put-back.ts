import type { Ports } from "../ports.ts";
import type { StepReport } from "../step.ts";
import { describeRevision } from "../task/task-definition.ts";
import { awaitRollout, type Wait } from "./await-rollout.ts";
import { pendingChange } from "./change.ts";
import { type CheckSwitch, undoSwitch } from "./check-switch.ts";
import { failureOf } from "./failure.ts";
import { demandService, type Move, updateService } from "./move.ts";
import type { ServicePlace } from "./observe.ts";
import { judgeReturn, judgeTurn, type Rollout } from "./rollout.ts";

/** How a service was before it was moved. */
export interface Before {
  readonly move: Move;
  readonly taskDefinition: string;
  readonly count: number;
  /** Set where the load balancer was to ask something else. */
  readonly checkSwitch?: CheckSwitch | undefined;
}

/**
 * Puts a service back as it was, and waits until it serves. Its tasks of before still run, so that ECS is told to turn back to
 * them; a new deployment of the earlier revision would replace them, and fail where that revision no longer starts.
 *
 * @throws UserError with the cause when it does not come back.
 */
export function putServiceBack(before: Before, report: StepReport, ports: Ports): Promise<void> {
  const { checkSwitch, count, move } = before;
  const named = { progress: (message: string) => report.progress(`${move.name}: ${message}`) };
  const putBack = () => turnOrRedeploy(before, named, ports);
  const wait = { place: move.place, report: named };
  return checkSwitch === undefined ? putBack() : undoSwitch(checkSwitch, count, wait, ports, putBack);
}

async function turnOrRedeploy(before: Before, report: Wait["report"], ports: Ports): Promise<void> {
  const { move, taskDefinition, count } = before;
  const since = ports.clock.now().getTime();
  if (!(await turnBack(before, report, ports))) {
    const back = { ...move, revision: await describeRevision(taskDefinition, ports), count };
    await updateService(back, pendingChange(await demandService(move, ports), back), ports);
  }
  const judge = (rollout: Rollout) => judgeReturn(rollout, taskDefinition, since);
  const failure = await awaitRollout({ place: move.place, judge, report }, ports);
  if (failure !== undefined) throw await failureOf(move, failure, ports);
}

/** ECS turns back within seconds, where it does. */
const turnMilliseconds = 60_000;

/**
 * Has ECS turn back to the deployment before; answers false where it does not, and a new one is needed.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html.
 */
async function turnBack(before: Before, report: Wait["report"], ports: Ports): Promise<boolean> {
  const { taskDefinition, count, move } = before;
  const service = await demandService(move, ports);
  const isThere = service.deployments?.some(
    (one) =>
      one.status === "ACTIVE" && one.rolloutState !== "FAILED" && one.taskDefinition === taskDefinition,
  );
  if (isThere !== true || service.desiredCount !== count) return false;
  // It may just have ended, or the caller may not do this: the other way back is open still.
  const isAsked = await askToTurnBack(move.place, ports).catch(() => false);
  if (!isAsked) return false;
  const judge = (rollout: Rollout) => judgeTurn(rollout, taskDefinition);
  return (
    (await awaitRollout({ place: move.place, judge, report, patience: turnMilliseconds }, ports)) ===
    undefined
  );
}

async function askToTurnBack({ cluster, service }: ServicePlace, ports: Ports): Promise<boolean> {
  const ecs = await ports.aws.ecs();
  const status = ["PENDING" as const, "IN_PROGRESS" as const];
  const { serviceDeployments = [] } = await ecs.listServiceDeployments({ cluster, service, status });
  const serviceDeploymentArn = serviceDeployments[0]?.serviceDeploymentArn;
  if (serviceDeploymentArn === undefined) return false;
  await ecs.stopServiceDeployment({ serviceDeploymentArn, stopType: "ROLLBACK" });
  return true;
}
