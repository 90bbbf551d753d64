import {
  type ComposeChapter,
  type ComposeKey,
  composeChapters,
} from "../../packages/freehold/src/config/schema/compose-settings.ts";
import { sentence } from "../../packages/freehold/src/config/schema/settings.ts";
import { code } from "../../packages/freehold/src/config/schema/value-text.ts";
import { page, table } from "./markdown.ts";

/** Every key of the Compose specification and what becomes of it. */
export function composePage(): string {
  return page("Compose keys", [
    "Every key of the [Compose specification](https://github.com/compose-spec/compose-spec) is **honoured**, **noted** (it is",
    "accepted and changes nothing on AWS; `check` says so once) or **refused** with the reason and a way out. Any other key is an",
    "error with a suggestion, except those that begin with `x-`. What a key becomes on AWS is told here; what Compose makes of it at home,",
    "[Compose's own reference](https://docs.docker.com/reference/compose-file/) tells.",
    "",
    ...composeChapters().flatMap(chapterLines),
  ]);
}

function chapterLines({ place, keys }: ComposeChapter): readonly string[] {
  const of = (fate: ComposeKey["fate"]) => keys.filter((one) => one.fate === fate);
  return [
    `## ${sentence(place).slice(0, -1)}`,
    "",
    ...table(
      ["honoured", "value", "meaning"],
      of("honoured").map(({ key, value, meaning }) => [code(key), value, meaning]),
    ),
    ...meanings("noted: it changes nothing", of("noted")),
    ...meanings("refused", of("refused")),
  ];
}

function meanings(head: string, keys: readonly ComposeKey[]): readonly string[] {
  return keys.length === 0
    ? []
    : table(
        [head, "meaning"],
        keys.map(({ key, meaning }) => [code(key), meaning]),
      );
}
