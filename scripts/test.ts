import { check } from "./check.ts";
import { runTests } from "./verify/run-tests.ts";
import { journeys, proofs } from "./verify/suites.ts";
import { add, close, type Tally } from "./verify/tally.ts";

/** Without a name: the checks and the journeys. With one: a longer proof that stands beside them. */
async function test(name: string | undefined): Promise<Tally> {
  if (name === undefined) return add(await check(), await runTests(journeys));
  const proof = proofs.find(({ title }) => title === name);
  if (proof !== undefined) return runTests(proof);
  console.error(`There is no ${name}; there are ${proofs.map(({ title }) => title).join(", ")}`);
  return { passed: 0, failed: 1 };
}

close(await test(process.argv[2]));
