import type { LoadBalancer, Service } from "@aws-sdk/client-ecs";
import { UserError } from "../../errors.ts";
import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import { type StepReport, step } from "../step.ts";
import { describeRevision, type Revision } from "../task/task-definition.ts";
import { type LogLine, lastLines, streamOf } from "../task/task-logs.ts";
import { explainCause, type RolloutCause } from "./cause.ts";
import { type PendingChange, pendingChange } from "./change.ts";
import { describeService, observeRollout, type ServicePlace } from "./observe.ts";
import { judgeRollout } from "./rollout.ts";

/** A service that is to run a revision. */
export interface Move {
  /** The service's name in the file; also that of its container. */
  readonly name: string;
  readonly place: ServicePlace;
  readonly revision: Revision;
  /** Tasks to run; left out, the service keeps as many as it has. */
  readonly count?: number;
  /** Revision to go back to when this fails; left out, the one it runs now. */
  readonly fallback?: string;
}

export interface MovesRequest {
  /** Groups in order; the services of one group move side by side. */
  readonly waves: readonly (readonly Move[])[];
  readonly parent?: string;
  readonly signal?: AbortSignal;
}

/** How a service was before it was moved. */
interface Before {
  readonly move: Move;
  readonly taskDefinition: string;
  readonly count: number;
}

const pollMilliseconds = 2_000;
const patienceMilliseconds = 30 * 60_000;

/**
 * Moves services to their new revisions and waits until each is steady. When one fails, every service moved so far is put
 * back as it was, and waited for.
 *
 * @throws UserError `release-failed` with the cause in the reader's words and the container's last lines.
 */
export async function moveServices(request: MovesRequest, ports: Ports, emit: Emit): Promise<void> {
  const moved: Before[] = [];
  for (const wave of request.waves) {
    const stop = new AbortController();
    const signal =
      request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal]);
    const results = await Promise.allSettled(
      wave.map((move) =>
        moveStep(move, { ...request, signal }, moved, ports, emit).catch((error: unknown) => {
          stop.abort();
          throw error;
        }),
      ),
    );
    const failures = results.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    if (failures.length === 0) continue;
    const failure = failures.find((error) => !(error instanceof Abandoned)) ?? interrupted();
    // Its own failure is told by its step; what the reader must mend is what failed first.
    if (request.signal?.aborted !== true) await putBack(moved, request, ports, emit).catch(() => {});
    throw failure;
  }
}

/** Waiting ended because another service failed, or the person interrupted. */
class Abandoned extends Error {
  override readonly name = "Abandoned";
}

function interrupted(): UserError {
  return new UserError(
    {
      code: "interrupted",
      subject: "",
      message: "Interrupted while services were moving; they go on towards the new release.",
      hint: "Run this again to complete it.",
    },
    { exitCode: 130 },
  );
}

function moveStep(
  move: Move,
  request: MovesRequest,
  moved: Before[],
  ports: Ports,
  emit: Emit,
): Promise<void> {
  const parent = request.parent === undefined ? {} : { parent: request.parent };
  const title = `Release ${move.name}`;
  return step({ id: `release/${move.name}`, title, ...parent }, ports, emit, async (report) => {
    const service = await demandService(move, ports);
    const taskDefinition = move.fallback ?? service.taskDefinition ?? "";
    moved.push({ move, taskDefinition, count: service.desiredCount ?? 0 });
    const id = await update(move, pendingChange(service, move), ports);
    const cause = await untilSteady(move, id, report, request.signal, ports);
    if (cause !== undefined) throw await failed(move, cause, ports);
    report.end({ outcome: "done", detail: `${move.count ?? service.desiredCount ?? 0} running` });
  });
}

async function demandService(move: Move, ports: Ports): Promise<Service> {
  const service = await describeService(move.place, ports);
  if (service !== undefined) return service;
  throw new UserError({
    code: "not-provisioned",
    subject: move.name,
    message: `There is no running service ${move.place.service} for ${move.name}.`,
    hint: "Run `freehold up`, which provisions it first.",
  });
}

/** Starts what is needed; answers the id of the deployment to wait for. */
async function update(move: Move, change: PendingChange, ports: Ports): Promise<string> {
  const { cluster, service } = move.place;
  const ecs = await ports.aws.ecs();
  const isAsWanted = change === "wait" || change === "none";
  const updated = isAsWanted
    ? await describeService(move.place, ports)
    : (await ecs.updateService({ cluster, service, ...updateInput(move, change) })).service;
  return updated?.deployments?.find((one) => one.status === "PRIMARY")?.id ?? "";
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
function updateInput({ name, place, revision, count }: Move, change: PendingChange) {
  if (change === "scale") return { desiredCount: count };
  return {
    taskDefinition: revision.arn,
    desiredCount: count,
    loadBalancers: loadBalancers(name, place, revision),
    capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    // ECS takes another capacity provider only with a new deployment, and a failed one is not tried again without.
    forceNewDeployment: true,
  };
}

/** The container's port is the revision's: another release may listen elsewhere. */
function loadBalancers(
  name: string,
  { targetGroup }: ServicePlace,
  revision: Revision,
): LoadBalancer[] | undefined {
  const port = revision.containers.find((one) => one.name === name)?.port;
  if (targetGroup === undefined || port === undefined) return undefined;
  return [{ targetGroupArn: targetGroup, containerName: name, containerPort: port }];
}

async function untilSteady(
  move: Move,
  id: string,
  report: StepReport,
  signal: AbortSignal | undefined,
  ports: Ports,
): Promise<RolloutCause | undefined> {
  const deadline = ports.clock.now().getTime() + patienceMilliseconds;
  let told = "";
  for (;;) {
    const verdict = judgeRollout(await observeRollout(move.place, id, ports), id);
    if (verdict.kind === "steady") return undefined;
    if (verdict.kind === "failed") return verdict.cause;
    if (verdict.message !== told) report.progress(verdict.message);
    told = verdict.message;
    if (ports.clock.now().getTime() > deadline) return { kind: "timeout", message: verdict.message };
    if (signal?.aborted === true) throw new Abandoned("another service failed, or the run was interrupted");
    await ports.clock.sleep(pollMilliseconds);
  }
}

async function failed(move: Move, cause: RolloutCause, ports: Ports): Promise<UserError> {
  const { message, hint } = explainCause(move.name, cause);
  const lines = await linesOf(move, cause, ports);
  const quoted = lines.map((one) => `\n  ${one.line}`).join("");
  return new UserError({ code: "release-failed", subject: move.name, message: `${message}${quoted}`, hint });
}

/** The last lines of the container that brought the release down. */
async function linesOf(move: Move, cause: RolloutCause, ports: Ports): Promise<readonly LogLine[]> {
  if (!("task" in cause) || cause.task === undefined) return [];
  const container = move.revision.containers.find((one) => one.name === move.name);
  const stream = streamOf(container, cause.task.arn);
  return stream === undefined ? [] : lastLines(stream, 15, ports);
}

async function putBack(
  moved: readonly Before[],
  request: MovesRequest,
  ports: Ports,
  emit: Emit,
): Promise<void> {
  const parent = request.parent === undefined ? {} : { parent: request.parent };
  const title = "Put back what ran before";
  await step({ id: "put-back", title, ...parent }, ports, emit, async (report) => {
    await Promise.all(moved.map((before) => putServiceBack(before, report, ports)));
  });
}

async function putServiceBack(
  { move, taskDefinition, count }: Before,
  report: StepReport,
  ports: Ports,
): Promise<void> {
  const back = { ...move, revision: await describeRevision(taskDefinition, ports), count };
  const named = {
    ...report,
    progress: (message: string) => report.progress(`${move.name}: ${message}`),
  };
  const id = await update(back, pendingChange(await demandService(move, ports), back), ports);
  const cause = await untilSteady(back, id, named, undefined, ports);
  if (cause !== undefined) throw await failed(move, cause, ports);
}
