import { UserError } from "../../errors.ts";
import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import { Abandoned, awaitRollout } from "./await-rollout.ts";
import { pendingChange } from "./change.ts";
import { beginSwitch, checkSwitch, completeSwitch } from "./check-switch.ts";
import { failureOf } from "./failure.ts";
import { demandService, type Move, updateService } from "./move.ts";
import { type Before, putServiceBack } from "./put-back.ts";
import { judgeRollout } from "./rollout.ts";

export interface MovesRequest {
  /** Groups in order; the services of one group move side by side. */
  readonly waves: readonly (readonly Move[])[];
  /** Id of the release that is live, for the reader. */
  readonly serving?: string;
  readonly parent?: string;
  readonly signal?: AbortSignal;
}

/**
 * Moves services to their new revisions and waits until each is steady. When one fails, every service moved so far is put
 * back as it was, and waited for.
 *
 * @throws UserError `release-failed` with the cause in the reader's words and the container's last lines; a second problem
 * when what ran before did not come back.
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
    if (request.signal?.aborted === true) throw failure;
    throw await afterPuttingBack(failure, moved, request, ports, emit);
  }
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
  const title = `Release ${move.name}`;
  return step({ id: `release/${move.name}`, title, ...parentOf(request) }, ports, emit, async (report) => {
    const service = await demandService(move, ports);
    const taskDefinition = move.fallback ?? service.taskDefinition ?? "";
    const count = service.desiredCount ?? 0;
    const change = await checkSwitch(move, service, ports);
    moved.push({ move, taskDefinition, count, checkSwitch: change });
    if (change !== undefined) await beginSwitch(change, ports);
    const id = await updateService(move, pendingChange(service, move), ports);
    const wait = { place: move.place, report, signal: request.signal };
    const failure =
      (change && (await completeSwitch(change, id, wait, ports))) ??
      (await awaitRollout({ ...wait, judge: (rollout) => judgeRollout(rollout, id) }, ports));
    if (failure !== undefined) throw await failureOf(move, failure, ports);
    report.end({ outcome: "done", detail: `${move.count ?? count} running` });
  });
}

function parentOf({ parent }: MovesRequest): { readonly parent?: string } {
  return parent === undefined ? {} : { parent };
}

/** Puts back what was moved; answers the failure, with what has become of what ran before. */
async function afterPuttingBack(
  failure: unknown,
  moved: readonly Before[],
  request: MovesRequest,
  ports: Ports,
  emit: Emit,
): Promise<unknown> {
  const title = moved.every((before) => before.count === 0)
    ? "Stop what was started"
    : "Put back what ran before";
  const back = step({ id: "put-back", title, ...parentOf(request) }, ports, emit, async (report) => {
    await Promise.all(moved.map((before) => putServiceBack(before, report, ports)));
    if (request.serving !== undefined)
      report.end({ outcome: "done", detail: `${request.serving} serves on` });
  });
  const lost = await back.then(
    () => undefined,
    (error: unknown) => error,
  );
  return failure instanceof UserError ? withOutlook(failure, lost, request) : failure;
}

/** What the reader must mend is what failed first; then whether what ran before still runs. */
function withOutlook(failure: UserError, lost: unknown, { serving }: MovesRequest): UserError {
  const { exitCode, problems } = failure;
  if (lost === undefined) {
    const outlook = serving === undefined ? "" : `${serving} serves on as before. `;
    return new UserError(
      problems.map((one) => ({ ...one, hint: `${outlook}${one.hint ?? ""}` })),
      { exitCode, cause: failure },
    );
  }
  const why = lost instanceof UserError ? lost.problems : [];
  const notBack = {
    code: "not-put-back",
    subject: serving ?? "",
    message: "What ran before did not come back as it was.",
    hint: "See `freehold status`; `freehold up` with a file that works mends it.",
  };
  return new UserError([...problems, notBack, ...why], { exitCode, cause: failure });
}
