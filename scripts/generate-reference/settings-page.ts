import { freeholdChapters, type Setting } from "../../packages/freehold/src/config/schema/settings.ts";
import { code } from "../../packages/freehold/src/config/schema/value-text.ts";
import { page, table } from "./markdown.ts";

/** Every setting under `x-freehold`. */
export function settingsPage(): string {
  return page("Settings under `x-freehold`", [
    "Compose ignores what stands under `x-freehold`; Freehold reads it in three places: at the top of the file, in a",
    "service, and in `x-freehold.resources`. Every setting may be left out unless its default says *required*.",
    "",
    ...freeholdChapters().flatMap(({ place, about, settings }) => [
      `## ${code(place)}`,
      "",
      ...(about === undefined ? [] : [about, ""]),
      ...table(["setting", "value", "default", "meaning"], settings.map(row)),
    ]),
    "## `type: ignore`",
    "",
    "The service runs under Compose and has no counterpart on AWS.",
  ]);
}

function row({ key, value, initial, isRequired, meaning }: Setting): readonly string[] {
  return [code(key), value, isRequired ? "*required*" : initial, meaning];
}
