import { runTests } from "./verify/run-tests.ts";
import { unitTests } from "./verify/suites.ts";
import { close } from "./verify/tally.ts";

close(await runTests(unitTests));
