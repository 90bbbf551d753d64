import type { TestEvent } from "node:test/reporters";
import { runTogether } from "../run-together.ts";

/** `node tell-outcomes.ts <file>...`: runs test files together, and prints what each came to as JSON. */
const { files, events, output } = await runTogether(process.argv.slice(2), 1_000, 4_000);
const outcomes = files.map((one) => ({ ...one, told: told(one.file, one.problem) }));
console.log(JSON.stringify(outcomes));

function told(file: string, problem = ""): string {
  return [problem, output, ...events.flatMap((event) => textOf(event, file))].join("\n");
}

function textOf(event: TestEvent, file: string): readonly string[] {
  if (event.type !== "test:fail") return [];
  const isIn = event.data.name === file || event.data.file === file;
  return isIn ? [String(event.data.details.error.cause)] : [];
}
