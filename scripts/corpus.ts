import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { caseNames, corpus, expectedOf, resolved } from "../packages/freehold/test/testing/corpus.ts";
import { waiting } from "../packages/freehold/test/testing/waiting.ts";

/** Writes what each file of the corpus, or each that is named, becomes now; the reader judges the difference. */
const asked = process.argv.slice(2);
const written = caseNames.filter((name) =>
  asked.length === 0 ? waiting[name] === undefined : asked.includes(name),
);
for (const name of written) {
  const { call } = expectedOf(name);
  const expected = { ...(call === undefined ? {} : { call }), ...(await resolved(name, call)) };
  writeFileSync(join(corpus, name, "expected.json"), `${JSON.stringify(expected, null, 2)}\n`);
  console.log(name);
}
