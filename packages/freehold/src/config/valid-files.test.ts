import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stringify } from "yaml";
import type { Application } from "../app/application.ts";
import { propertyRuns } from "../app/testing/property-runs.ts";
import { UserError } from "../errors.ts";
import { renderNativeFile } from "./adapters/native-file.ts";
import { Findings } from "./findings.ts";
import { Library } from "./library.ts";
import { parseApplication } from "./parse.ts";
import { type ParseOptions, readDocument, shellVariables } from "./read-files.ts";
import { serviceSections } from "./schema/sections.ts";
import { quickly } from "./testing/quickly.ts";
import { environmentFile, validFile } from "./testing/valid/file.ts";

const options: ParseOptions = {
  folder: "shop",
  variables: { LEVEL: "debug" },
  namedFiles: [environmentFile],
};
const path = "compose.yaml";

function parse(text: string): Application {
  try {
    return quickly(() => parseApplication([{ path, text }], options), text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const said = error.problems.map(({ place, subject, message }) => `${place?.line} ${subject} ${message}`);
    return assert.fail(`${said.join("\n")}\nin ${text}`);
  }
}

/** The file as `freehold import` would write it. */
function print(text: string): string {
  const findings = new Findings();
  const shell = shellVariables(options, findings);
  const document = readDocument(
    [{ path, text }],
    options,
    shell,
    new Library(options.namedFiles ?? []),
    findings,
  );
  findings.throwProblems();
  return renderNativeFile({ document, report: [] }, { from: [path], hasVariables: false });
}

/** Notes come in the order of the file; the order of keys is the writer's. */
function withoutOrder({ notes, ...application }: Application) {
  return { ...application, notes: notes.map(({ subject, message }) => `${subject}: ${message}`).sort() };
}

test("a valid file is an application, and the same one when it is printed and read again", (t) => {
  const written = new Set<string>();
  fc.assert(
    fc.property(validFile, fc.boolean(), (file, isJson) => {
      const text = isJson ? JSON.stringify(file) : stringify(file);
      const application = parse(text);
      const printed = print(text);
      assert.deepEqual(withoutOrder(parse(printed)), withoutOrder(application), printed);
      for (const { environments } of application.collections)
        for (const { services, resources } of environments)
          for (const { type } of [...services, ...resources]) written.add(type);
    }),
    { numRuns: propertyRuns(25) },
  );
  const missing = serviceSections.map(({ name }) => name).filter((name) => !written.has(name));
  if (propertyRuns(25) > 1_000) assert.deepEqual(missing, [], "types that no file had");
  t.diagnostic(`types: ${[...written].sort().join(", ")}`);
});
