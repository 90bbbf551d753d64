import assert from "node:assert/strict";
import { test } from "node:test";
import { Command } from "commander";
import { addCommands } from "../../packages/freehold/src/cli/program.ts";
import { destroyedIn, environmentBy, eventIn, inRun, type Run } from "../../packages/freehold/src/cli/run.ts";
import { misusedWords } from "./command-lines.ts";
import { sourceFiles } from "./source-files.ts";

/** Every `freehold …` that a message of the sources proposes; what is filled in stands as X. */
const proposed: readonly string[] = [
  ...new Set(
    sourceFiles("packages/freehold/src")
      .filter(({ path }) => !path.endsWith("/unknown-words.ts"))
      .flatMap(({ text }) => [
        ...text
          .replaceAll(/^\s*(?:\/?\*|\/\/).*$/gm, "")
          .matchAll(/`((?:[^`\n]*\| )?freehold [a-z][^`\n\\]*)(?:\\?`)/g),
      ])
      .map(([, line = ""]) => line.replaceAll(/\$\{[^}]*\}/g, "X").trim()),
  ),
];

const runs: Readonly<Record<string, Run>> = {
  plain: { isLocal: false, files: [] },
  "--local": { isLocal: true, files: [] },
  environment: { isLocal: false, environment: "production/staging", files: [] },
  file: { isLocal: false, files: ["my shop/compose.yaml", "over.yaml"] },
  all: { isLocal: true, environment: "staging", files: ["a b.yaml", "c.yaml"] },
};

test("every command that takes --local is known to take the run's", () => {
  const all = (at: Command, above = ""): readonly string[] => {
    const name = `${above}${at.name()}`;
    const takes = at.options.some((one) => one.long === "--local" && !one.hidden);
    return [...(takes ? [name] : []), ...at.commands.flatMap((one) => all(one, `${name} `))];
  };
  const program = new Command("freehold");
  addCommands(program);
  const names = all(program).map((name) => name.replace(/^freehold /, ""));
  assert.deepEqual(Object.keys(environmentBy).sort(), names.sort());
});

/** Commands that act on an account; all others are the same wherever they run. */
const acting =
  /^freehold (?:plan|up|status|logs|destroy|bootstrap|run|releases|rollback|secrets (?:set|ls))\b/;
const environmentInWords =
  /^freehold (?:up|plan|status|destroy|bootstrap|releases|secrets ls) (?:X|[a-z]+)|--collection| -e /;

test("the sources propose commands", () => assert.ok(proposed.length >= 20, String(proposed.length)));

for (const [name, run] of Object.entries(runs))
  for (const line of proposed)
    test(`a hint's \`${line}\` acts where the run acts: ${name}`, async () => {
      const shown = inRun(`Run \`${line}\` first.`, run).slice("Run `".length, -"` first.".length);
      const own = shown.slice(shown.indexOf("freehold "));
      const called = own.replace(/ [<|] .*$/, "");
      const isComplete = !/^freehold (?:run|secrets set|secrets|local)(?: -|$)/.test(called);
      if (isComplete) assert.equal(await misusedWords(called), undefined, shown);
      if (!acting.test(called)) return;
      const words = called.replace(/ -- .*$/, "");
      if (run.isLocal) assert.match(words, / --local(?: |$)/);
      for (const file of run.files)
        assert.ok(words.includes(` -f ${file.includes(" ") ? `'${file}'` : file}`), words);
      if (run.environment !== undefined && !environmentInWords.test(line))
        assert.ok(words.includes(` ${run.environment}`), words);
    });

test("what is no command of Freehold stays as it is", () =>
  assert.equal(
    inRun("`freehold nothing`, `npm run x`", runs["all"] ?? { isLocal: true, files: [] }),
    "`freehold nothing`, `npm run x`",
  ));

/** Where a line names a command of Freehold outside of backticks; comments, examples and what AWS records are left out. */
function bare(text: string): readonly string[] {
  const verb =
    /freehold (?:check|init|import|schema|plan|up|status|logs|destroy|bootstrap|run|releases|rollback|secrets|local)\b/g;
  return text
    .split("\n")
    .filter((line) => !/^\s*(?:\/?\*|\/\/)|\breason: "freehold destroy"/.test(line))
    .flatMap((line) =>
      [...line.matchAll(verb)].filter(({ index }) => !isQuoted(line.slice(0, index))).map(() => line.trim()),
    );
}

/** Whether a backtick of the text itself, not the one that opens a template, stands before the command. */
function isQuoted(before: string): boolean {
  if (/\\`(?:[^`]*\| |\$\{\w+\})?$/.test(before)) return true;
  return /(?<!\\)`(?:[^`]*\| )?$/.test(before) && before.split('"').length % 2 === 0;
}

test("a command that the sources name stands in backticks, so that the run completes it", () =>
  assert.deepEqual(
    sourceFiles("packages/freehold/src")
      .filter(({ path }) => !path.endsWith("/cli/examples.ts"))
      .flatMap(({ path, text }) => bare(text).map((line) => `${path}: ${line}`)),
    [],
  ));

for (const line of ['hint: "Run freehold up",', "hint: `freehold up ${name}`,", '["freehold check  see"]'])
  test(`not in backticks: ${line}`, () => assert.equal(bare(line).length, 1));

for (const line of ['hint: "Run `freehold up`",', "hint: `Run \\`freehold up ${name}\\``,"])
  test(`in backticks: ${line}`, () => assert.deepEqual(bare(line), []));

const staging: Run = { isLocal: true, environment: "staging", files: [] };

test("what a step says and what was kept propose in the run as well", () => {
  const failed = { type: "step-failed", id: "a", message: "see `freehold status`", seconds: 1 } as const;
  assert.deepEqual(eventIn(failed, staging), { ...failed, message: "see `freehold status staging --local`" });
  const line = { type: "output", source: "api", line: "`freehold status`" } as const;
  assert.deepEqual(eventIn(line, staging), line);
  const kept = [{ subject: "KEY", reason: "`freehold up` brings it back" }];
  assert.deepEqual(destroyedIn({ kept }, staging).kept, [
    { subject: "KEY", reason: "`freehold up staging --local` brings it back" },
  ]);
});
