import { check } from "./check.ts";
import { runTests } from "./verify/run-tests.ts";
import { journeys } from "./verify/suites.ts";
import { add, close } from "./verify/tally.ts";

const checked = await check();
close(add(checked, await runTests(journeys)));
