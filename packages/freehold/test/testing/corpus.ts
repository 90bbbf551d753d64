import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Application } from "../../src/app/application.ts";
import { readApplication } from "../../src/cli/read-application.ts";
import { composeFileNames } from "../../src/config/source.ts";
import { type Problem, UserError } from "../../src/errors.ts";
import { resolution } from "./resolution.ts";

export const corpus = join(import.meta.dirname, "../corpus");

/** Names of the folders, each a file of the wild with what it must become. */
export const caseNames: readonly string[] = readdirSync(corpus).sort();

/** How a case is read, where `-f` or the shell have a say. */
interface Call {
  readonly files?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** `expected.json` of a case. */
export interface Expected {
  readonly call?: Call;
  readonly errors?: readonly string[];
  /** Types by name, of a case that waits for a part of the language. */
  readonly becomes?: Readonly<Record<string, string>>;
  readonly [fact: string]: unknown;
}

export function expectedOf(name: string): Expected {
  const path = join(corpus, name, "expected.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

/** The application of a case, read as the command line reads it. Errors: UserError. */
export async function applicationOf(name: string, call: Call = {}): Promise<Application> {
  const folder = join(corpus, name);
  const files = call.files ?? [composeFileNames.find((file) => existsSync(join(folder, file))) ?? ""];
  const paths = files.map((file) => join(folder, file));
  return (await readApplication(paths, call.variables ?? {})).application;
}

/** What a case becomes: the facts of its application, or `errors`. */
export async function resolved(name: string, call: Call = {}): Promise<Readonly<Record<string, unknown>>> {
  try {
    return resolution(await applicationOf(name, call));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { errors: error.problems.map((problem) => errorText(name, problem)) };
  }
}

/** `compose.yaml:3:5 services.web.prots is not a setting of Compose // did you mean …` */
function errorText(name: string, { place, subject, message, hint }: Problem): string {
  const file = place?.file.split(`/corpus/${name}/`).at(-1);
  const at = `${file}:${place?.line}:${place?.column}`;
  return `${at} ${subject} ${message}${hint === undefined ? "" : ` // ${hint}`}`.replaceAll(/ {2,}/g, " ");
}
