import { type ComposeChapter, composeChapters } from "../../config/schema/compose-settings.ts";
import { type Chapter, freeholdChapters, type Setting } from "../../config/schema/settings.ts";
import { hintFor } from "../../config/suggest.ts";
import { UserError } from "../../errors.ts";
import { print } from "../print.ts";
import { renderDescription } from "../render/description.ts";

type Row = readonly string[];

/**
 * Says what a key means, wherever it may stand: `health`, `health.path`, `ports`; or all settings of a type: `cron`.
 *
 * @throws UserError `unknown-key` with the nearest key there is.
 */
export function explain(key: string): void {
  const sections = [
    ...composeChapters().map((chapter) => ({ heading: headingOf(chapter), rows: composeRows(chapter, key) })),
    ...freeholdChapters().map((chapter) => ({
      heading: placeOf(chapter),
      rows: settingRows(chapter, key),
    })),
  ].filter(({ rows }) => rows.length > 0);
  if (sections.length === 0) throw unknownKey(key);
  print(renderDescription(sections, process.stdout.columns));
}

function headingOf({ place }: ComposeChapter): string {
  return `Compose: ${place}`;
}

function placeOf({ title, places }: Chapter): string {
  const where = `in ${places.join(" or ")}`;
  return title.startsWith("type: ") ? `${where}, ${title}` : where;
}

function composeRows({ keys }: ComposeChapter, key: string): readonly Row[] {
  return keys
    .filter((one) => one.key === key || one.key.startsWith(`${key}.`))
    .map(({ key: name, fate, value, meaning }) => [name, value === "" ? fate : value, meaning]);
}

function settingRows({ title, settings }: Chapter, key: string): readonly Row[] {
  const isWhole = title === `type: ${key}`;
  return settings
    .filter((one) => isWhole || one.key === key || one.key.startsWith(`${key}.`))
    .map((one) => [one.key, one.value, describe(one)]);
}

function describe({ meaning, initial, isRequired, example }: Setting): string {
  return [
    meaning,
    isRequired ? "It must be written." : initial === "" ? "" : `Default: ${initial}.`,
    example === "" ? "" : `Example: \`${example}\`.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function unknownKey(key: string): UserError {
  const known = [
    ...composeChapters().flatMap(({ keys }) => keys.map((one) => one.key)),
    ...freeholdChapters().flatMap(({ settings }) => settings.map((one) => one.key)),
  ];
  const near = hintFor(key, [...new Set(known)], []);
  const all =
    "A key is named as `health`, `health.path` or `ports`, a type as `cron`; `freehold schema` has them all.";
  const hint = [near, all].filter((part) => part !== "").join("  ");
  return new UserError({ code: "unknown-key", subject: key, message: "There is no such key.", hint });
}
