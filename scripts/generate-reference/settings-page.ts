import {
  type Chapter,
  freeholdChapters,
  type Setting,
} from "../../packages/freehold/src/config/schema/settings.ts";
import { code } from "../../packages/freehold/src/config/schema/value-text.ts";
import { headingAnchor, page, table } from "./markdown.ts";

const introduction = `Compose ignores what stands under \`x-freehold\`; Freehold reads it in four places:

\`\`\`yaml
services:
  api:
    build: ./api
    ports: ["8000"]
    x-freehold: { path: /api }                      # 1. a service
volumes:
  files: { x-freehold: { backups: false } }         # 2. a volume
x-freehold:                                         # 3. the whole file
  resources:
    uploads: { type: bucket }
  collections:                                      # 4. collections, and in them environments
    production:
      account: "222222222222"
      environments:
        production: { kind: production }
\`\`\`

Every setting may be left out unless its default says *required*. Words such as collection, environment and binding are in the
[glossary](../guides/glossary.md). \`freehold check --explain KEY\` prints what stands here, \`freehold check --explain cron\` all of
a type.

**Not built yet** means that the language has the setting and AWS has not got it yet. One that is *accepted* is checked, and
\`freehold check\` notes it each time; it changes nothing. One that is *refused* is an error, because going on without it would
not be safe.`;

/** Every setting under `x-freehold`. */
export function settingsPage(): string {
  const chapters = freeholdChapters();
  return page("Settings under `x-freehold`", [
    introduction,
    "",
    ...chapters.map(contentsLine),
    "",
    ...chapters.flatMap(chapterLines),
    "## `type: ignore`",
    "",
    "The service runs under Compose and has no counterpart on AWS.",
  ]);
}

function contentsLine({ title, about }: Chapter): string {
  const [first = ""] = about.split(". ");
  return `- [${heading(title)}](#${headingAnchor(heading(title))}): ${first.replace(/\.$/, "")}`;
}

function heading(title: string): string {
  return title.startsWith("type: ") ? code(title) : title;
}

function chapterLines({ title, places, about, settings }: Chapter): readonly string[] {
  const built = settings.filter(({ standing }) => standing === "built");
  const missing = settings.filter(({ standing }) => standing !== "built");
  return [
    `## ${heading(title)}`,
    "",
    `In ${places.map(code).join(", ")}. ${about}`,
    "",
    ...(built.length === 0 ? [] : table(["setting", "value", "default", "meaning"], built.map(row))),
    ...(missing.length === 0
      ? []
      : ["Not built yet:", "", ...table(["setting", "value", "is", "meaning"], missing.map(missingRow))]),
  ];
}

function row({ key, value, initial, isRequired, meaning, example }: Setting): readonly string[] {
  const shown = example === "" ? "" : ` Example: ${code(example)}`;
  return [code(key), value, isRequired ? "*required*" : initial, `${meaning}${shown}`];
}

function missingRow({ key, value, standing, meaning }: Setting): readonly string[] {
  return [
    code(key),
    standing === "refused" ? "–" : value,
    standing,
    meaning.replace(/ Not built yet\.$/, ""),
  ];
}
