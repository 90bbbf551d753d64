import { buildKeys, deployKeys, type KeyTable, serviceKeys } from "../compose/keys.ts";
import { mapped, mapping, noted, type Rule, type Rules, type Target, turned, walk } from "./rules.ts";

/** Keys that a file in Compose's own language shares with ours: they mean the same, and what means nothing there means nothing here. */
export function composeRules<Context extends Target>(table: KeyTable): Rules<Context> {
  return Object.fromEntries(
    Object.entries(table).map(([key, fate]): [string, Rule<Context>] => [
      key,
      typeof fate === "object" && "noted" in fate ? noted(fate.noted) : mapped([key]),
    ]),
  );
}

/** A key that is a section of keys, or stands for one as a single value. */
function nested(key: string, table: KeyTable): Rule<Target> {
  return turned((written, { at }, findings) => {
    const { value } = written.entry;
    const path = [...at, key];
    return value.kind === "section"
      ? walk(value, composeRules(table), written.key, { at: path }, findings)
      : mapping(written, path);
  });
}

/** What may be written of a service in Compose's own language. */
export const composeServiceRules: Rules<Target> = {
  ...composeRules(serviceKeys),
  build: nested("build", buildKeys),
  deploy: nested("deploy", deployKeys),
};
