import { UserError } from "../../errors.ts";
import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import type { Owner } from "../sweep/owner.ts";
import { type Kept, sweep } from "../sweep/sweep.ts";

/**
 * Sees that nothing is left, and removes what is; answers what stays on purpose.
 *
 * @throws UserError `left-behind`, one problem for each thing that stays and should not.
 */
export function verify(owner: Owner, ports: Ports, emit: Emit): Promise<readonly Kept[]> {
  return step({ id: "verify", title: "See that nothing is left" }, ports, emit, async (report) => {
    const { kept, removed, left } = await sweep(owner, ports);
    for (const subject of removed) emit({ type: "note", subject, message: "was left, and is removed now" });
    if (left.length > 0) {
      for (const { subject, reason } of kept) emit({ type: "note", subject, message: `is kept: ${reason}` });
      throw new UserError(
        left.map(({ arn, message, wayOut }) => ({
          code: "left-behind",
          subject: arn,
          message: `is left: ${message}`,
          hint: wayOut,
        })),
        { exitCode: left.every((one) => one.exitCode === 75) ? 75 : 1 },
      );
    }
    report.end({ outcome: "done", detail: `${removed.length} left over, ${kept.length} kept` });
    return kept;
  });
}
