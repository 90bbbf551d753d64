import { composeChapters, sentence } from "../../packages/freehold/src/config/schema/settings.ts";
import { code } from "../../packages/freehold/src/config/schema/value-text.ts";
import { page, table } from "./markdown.ts";

/** Every key of the Compose specification and what becomes of it. */
export function composePage(): string {
  return page("Compose keys", [
    "Every key of the [Compose specification](https://github.com/compose-spec/compose-spec) is honoured, noted (it is",
    "accepted and changes nothing on AWS; `check` says so once) or refused with the reason. Any other key is an error with a",
    "suggestion, except those that begin with `x-`.",
    "",
    ...composeChapters().flatMap(({ place, keys }) => [
      `## ${sentence(place).slice(0, -1)}`,
      "",
      ...table(
        ["key", "", "value", "meaning"],
        keys.map(({ key, fate, value, meaning }) => [code(key), fate, value, meaning]),
      ),
    ]),
  ]);
}
