import { runCheck } from "./verify/run-command.ts";
import { runTests } from "./verify/run-tests.ts";
import { checks, unitTests } from "./verify/suites.ts";
import { add, close, type Tally } from "./verify/tally.ts";

/** Format, lint, types, dead code, generated files, then the unit tests. */
export async function check(): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const one of checks) tallies.push(await runCheck(one));
  return add(...tallies, await runTests(unitTests));
}

if (import.meta.main) close(await check());
