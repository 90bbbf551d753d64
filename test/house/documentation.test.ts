import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { describeApplication } from "../../packages/freehold/src/app/describe.ts";
import { renderDescription } from "../../packages/freehold/src/cli/render/description.ts";
import { parseApplication } from "../../packages/freehold/src/config/parse.ts";
import { UserError } from "../../packages/freehold/src/errors.ts";
import { isCommandName, misusedWords } from "./command-lines.ts";
import { anchors, type Fence, inlineCodes, localLinks, type Page, pages, readPage } from "./markdown.ts";
import { repository, sourceFiles } from "./source-files.ts";

const all = pages();

/** What a block marked `yaml fragment` is laid over: names that the guides use. */
const aroundFragments = `
services:
  web: { build: ./web, ports: ["8080"] }
  api: { build: ./api, ports: ["8000"], x-freehold: { path: /api } }
  worker: { build: ./worker }
  db: { image: "postgres:17" }
  cache: { image: "valkey/valkey:8" }
`;

test("every yaml block is a file that Freehold reads, or a fragment of one", () => {
  assert.deepEqual(all.flatMap(faultyYaml), []);
});

test("a block marked neither a file nor a fragment that can be read is found", () => {
  const bad = readPage("p.md", "```yaml\nservices: { a: { image: n, prots: [] } }\n```\n");
  assert.match(faultyYaml(bad).join(), /^p\.md:1 .*prots/);
});

test("what `freehold check` is said to print is what it prints of the file before it", () => {
  assert.deepEqual(all.flatMap(wrongTranscripts), []);
});

test("every command line is one that `freehold` takes", async () => {
  const lines = all.flatMap(commandLines);
  assert.ok(lines.length > 30);
  const found = await Promise.all(lines.map(async ({ at, text }) => [at, text, await misusedWords(text)]));
  assert.deepEqual(
    found.filter(([, , fault]) => fault !== undefined),
    [],
  );
});

for (const [what, line] of Object.entries({
  "an unknown command": "freehold deploy",
  "an unknown option": "freehold up --force",
  "a word too many": "freehold up dev twice",
  "a missing argument": "freehold secrets set",
}))
  test(`a wrong command line is found: ${what}`, async () =>
    assert.notEqual(await misusedWords(line), undefined));

test("every relative link leads somewhere", () => {
  assert.deepEqual(all.flatMap(brokenLinks), []);
});

test("every message that is explained is one that the sources say", () => {
  const page = all.find(({ path }) => path === "docs/guides/troubleshooting.md");
  const explained = (page?.prose ?? []).flatMap((line) => /^\| `([^`]+)` \|/.exec(line)?.[1] ?? []);
  assert.ok(explained.length > 20);
  const sources = sourceFiles("packages/freehold/src").map(({ text }) => text.replaceAll("\\`", "`"));
  const said = (message: string) =>
    sources.some((text) => message.split("…").every((part) => text.includes(part.trim())));
  assert.deepEqual(
    explained.filter((message) => !said(message)),
    [],
  );
});

test("every guide is listed on the first page", () => {
  const first = all.find(({ path }) => path === "docs/README.md");
  const listed = first === undefined ? [] : localLinks(first).map(({ target }) => `docs/${target}`);
  const guides = all.map(({ path }) => path).filter((path) => path.startsWith("docs/guides/"));
  assert.deepEqual(
    guides.filter((path) => !listed.includes(path)),
    [],
  );
});

function faultyYaml(page: Page): readonly string[] {
  return page.fences.flatMap((fence) => {
    if (!["yaml", "yaml fragment"].includes(fence.info))
      return /^ya?ml/.test(fence.info) ? [at(page, fence)] : [];
    const fault = faultOf(fence);
    return fault === undefined ? [] : [`${at(page, fence)} ${fault}`];
  });
}

function faultOf(fence: Fence): string | undefined {
  try {
    applicationOf(fence);
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ subject, message }) => `${subject} ${message}`).join("; ");
  }
}

function applicationOf({ info, text }: Fence) {
  const file = { path: "compose.yaml", text };
  const base = { path: "around.yaml", text: aroundFragments };
  return parseApplication(info === "yaml fragment" ? [base, file] : [file], {
    folder: "shop",
    variables: {},
  });
}

/** A fence that begins with `$ freehold check` against the whole file above it. */
function wrongTranscripts(page: Page): readonly string[] {
  const start = "$ freehold check\n";
  return page.fences.flatMap((fence, index) => {
    const file = page.fences.slice(0, index).findLast(({ info }) => info === "yaml");
    if (!fence.text.startsWith(start) || file === undefined) return [];
    const said = `${renderDescription(describeApplication(applicationOf(file))).join("\n")}\n`;
    return said === fence.text.slice(start.length) ? [] : [`${at(page, fence)} it prints:\n${said}`];
  });
}

/** Lines of shell blocks and words between backticks that call `freehold`. */
function commandLines(page: Page): readonly { readonly at: string; readonly text: string }[] {
  const fenced = page.fences
    .filter(({ info }) => ["", "sh"].includes(info))
    .flatMap(({ line, text }) =>
      text.split("\n").map((one, index) => ({ line: line + 1 + index, text: one })),
    )
    .map(({ line, text }) => ({ line, text: text.replace(/^\$ /, "").replace(/^.*\| (?=freehold )/, "") }));
  return [...fenced, ...inlineCodes(page).filter(({ text }) => !isCommandName(text))]
    .filter(({ text }) => /^(npx )?freehold [a-z-]/.test(text) && !/[<[]/.test(text))
    .map(({ line, text }) => ({ at: `${page.path}:${line}`, text: text.replace(/^npx /, "") }));
}

function brokenLinks(page: Page): readonly string[] {
  return localLinks(page).flatMap(({ line, target }) => {
    const [file = "", anchor] = target.split("#");
    const path = file === "" ? page.path : join(dirname(page.path), file);
    const there = all.find((one) => one.path === path);
    const isWhole =
      existsSync(join(repository, path)) &&
      (anchor === undefined || (there !== undefined && anchors(there).has(anchor)));
    return isWhole ? [] : [`${page.path}:${line} ${target}`];
  });
}

function at({ path }: Page, { line, info }: Fence): string {
  return `${path}:${line} (${info})`;
}
