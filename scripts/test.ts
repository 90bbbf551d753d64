import { check } from "./check.ts";
import { runTests } from "./verify/run-tests.ts";
import { journeys, localAwsProofs } from "./verify/suites.ts";
import { add, close } from "./verify/tally.ts";

/** Without a name: the checks and the journeys. With one: a longer proof that stands beside them. */
if (process.argv[2] === "local-aws") close(await runTests(localAwsProofs));
else {
  const checked = await check();
  close(add(checked, await runTests(journeys)));
}
