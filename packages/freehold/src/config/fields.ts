import { parseBytes, parseDuration } from "./notation.ts";
import { splitWords } from "./shell-words.ts";
import * as z from "./zod.ts";

/** A text; YAML's numbers and booleans are taken as they are written. */
export const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).meta({ title: "text" });

/** A whole number; text with digits counts, because interpolation gives text. */
export function wholeNumber(min: number, max: number) {
  return z.preprocess(digitsToNumber, z.int().min(min).max(max));
}

/** Text with digits alone as the number that it is; all else as it is. */
export function digitsToNumber(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
}

/** True or false; the words count as text too, because interpolation gives text. */
export const flag = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean(),
);

/** A share of a processor: `0.5`, `"2"`. */
export const processors = z
  .union([z.number(), z.string()])
  .refine((value) => /^(?:\d+|\d*\.\d+)$/.test(String(value)), "must be a number of processors such as `0.5`")
  .transform(Number)
  .meta({ title: "processors, as `0.5`" });

/** Memory in bytes. */
export const bytes = z
  .union([z.number(), z.string()])
  .transform((value, context) => {
    const parsed = parseBytes(String(value));
    if (parsed !== undefined) return parsed;
    context.addIssue(`\`${value}\` is no size; write it like \`512m\` or \`1.5g\``);
    return z.NEVER;
  })
  .meta({ title: "size, as `512m`" });

/** Seconds. */
export const duration = z
  .union([z.number(), z.string()])
  .transform((value, context) => {
    const parsed = typeof value === "number" ? value : parseDuration(value);
    if (parsed !== undefined) return parsed;
    context.addIssue(`\`${value}\` is no duration; write it like \`30s\` or \`1m30s\``);
    return z.NEVER;
  })
  .meta({ title: "duration, as `30s`" });

/** A span of time that may be days, as it is written. */
export const period = text
  .refine((value) => /^[1-9]\d*[mhd]$/.test(value), "must be a time such as `30m`, `8h` or `14d`")
  .meta({ title: "time, as `8h` or `14d`" });

/** An argv: a list of words, or a text that Compose splits as a shell would (null: the image's own). */
export const words = z
  .union([z.array(text), z.string(), z.null()])
  .transform((value, context) => {
    const split = typeof value === "string" ? splitWords(value) : (value ?? undefined);
    if (split !== undefined || value === null) return split;
    context.addIssue(`\`${value}\` has a quote that is never closed`);
    return z.NEVER;
  })
  .meta({ title: "command, as text or a list of words" });

/** A name of a variable in the environment of a process. */
export const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be a variable's name: letters, digits and underscores");

/** `KEY: value` or `- KEY=value`; a key alone takes its value from the shell (here: null). */
export const assignments = z.union([
  z.record(z.string(), text.nullable()),
  z.array(z.string()).transform(fromList),
]);

function fromList(items: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    items.map((item) => {
      const equals = item.indexOf("=");
      return equals < 0 ? [item, null] : [item.slice(0, equals), item.slice(equals + 1)];
    }),
  );
}

/** Listed once or many times: `./a.env` or `[./a.env, ./b.env]`. */
export function oneOrMany<Item extends z.ZodType>(item: Item) {
  return z.union([item, z.array(item)]).transform((value) => (Array.isArray(value) ? value : [value]));
}
