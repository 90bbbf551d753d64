import { UserError } from "../../errors.ts";
import { address } from "../../terraform/block.ts";
import type { Ports } from "../ports.ts";
import type { StepReport } from "../step.ts";
import { findExisting } from "./existing/find-existing.ts";
import type { StackRoot } from "./stacks.ts";
import { contentsOf, type StackState } from "./state.ts";

export interface StackToSettle {
  readonly root: StackRoot;
  readonly state: StackState<unknown>;
}

/** States from which a thing does not become usable by itself: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html */
const stuck = /fail|delet|incompatible|storage-full/i;

const pollMilliseconds = 5_000;

/**
 * Waits until AWS has made these things, whose making a run that was broken off began.
 *
 * @throws UserError `stuck` for one that will not come.
 */
export async function untilSettled(
  { root: { stack }, state }: StackToSettle,
  addresses: readonly string[],
  ports: Ports,
  report: StepReport,
): Promise<void> {
  const blocks = stack.blocks.filter((block) => addresses.includes(address(block)));
  for (;;) {
    const found = await findExisting({ stack, ids: contentsOf(state).ids, blocks }, ports);
    const pending = found.flatMap(({ block, existing }) =>
      existing.pending === undefined ? [] : [{ at: address(block), state: existing.pending }],
    );
    for (const one of pending) if (stuck.test(one.state)) throw isStuck(one.at, one.state);
    if (pending.length === 0) return;
    report.progress(pending.map((one) => `${one.at} is ${one.state}`).join(", "));
    await ports.clock.sleep(pollMilliseconds);
  }
}

function isStuck(subject: string, state: string): UserError {
  return new UserError({
    code: "stuck",
    subject,
    message: `Its making was interrupted, and it is ${state} now.`,
    hint: "Look at its events in the AWS console. If it holds nothing yet, delete it there and run this again.",
  });
}
