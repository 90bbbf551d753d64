import {
  type Chapter,
  type ComposeChapter,
  composeChapters,
  freeholdChapters,
} from "../../config/schema/settings.ts";
import { hintFor } from "../../config/suggest.ts";
import { UserError } from "../../errors.ts";
import { print } from "../print.ts";
import { renderDescription } from "../render/description.ts";

type Row = readonly string[];

/**
 * Says what a key means, wherever it may stand: `health`, `health.path`, `ports`.
 *
 * @throws UserError `unknown-key` with the nearest key there is.
 */
export function explain(key: string): void {
  const sections = [
    ...composeChapters().map((chapter) => ({ heading: headingOf(chapter), rows: composeRows(chapter, key) })),
    ...freeholdChapters().map((chapter) => ({ heading: chapter.place, rows: settingRows(chapter, key) })),
  ].filter(({ rows }) => rows.length > 0);
  if (sections.length === 0) throw unknownKey(key);
  print(renderDescription(sections, process.stdout.columns));
}

function headingOf({ place }: ComposeChapter): string {
  return `Compose: ${place}`;
}

function composeRows({ keys }: ComposeChapter, key: string): readonly Row[] {
  return keys
    .filter((one) => one.key === key)
    .map(({ key: name, fate, value, meaning }) => [name, value === "" ? fate : value, meaning]);
}

function settingRows({ settings }: Chapter, key: string): readonly Row[] {
  return settings
    .filter((one) => one.key === key || one.key.startsWith(`${key}.`))
    .map(({ key: name, value, initial, isRequired, meaning }) => {
      const without = isRequired ? "required" : initial === "" ? "" : `default ${initial}`;
      return [name, value, [meaning, without].filter((part) => part !== "").join(" · ")];
    });
}

function unknownKey(key: string): UserError {
  const known = [
    ...composeChapters().flatMap(({ keys }) => keys.map((one) => one.key)),
    ...freeholdChapters().flatMap(({ settings }) => settings.map((one) => one.key)),
  ];
  const near = hintFor(key, [...new Set(known)], []);
  const hint = [near, "`docs/reference` has them all."].filter((part) => part !== "").join("  ");
  return new UserError({ code: "unknown-key", subject: key, message: "There is no such key.", hint });
}
