import assert from "node:assert/strict";
import { test } from "node:test";
import { Command } from "commander";
import { addCommands } from "../../packages/freehold/src/cli/program.ts";
import { environmentBy, inRun, type Run } from "../../packages/freehold/src/cli/run.ts";
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
