import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Trap } from "./trap.ts";

export const verbs = ["check", "init", "import", "plan", "up"] as const;
export type Verb = (typeof verbs)[number];

/** What a verb must come to. */
export interface Outcome {
  /** Exit codes that are right. */
  readonly codes: readonly number[];
  /** What the screen must say. */
  readonly screen?: RegExp;
}

/** A repository as a stranger publishes it. */
export interface HostileRepository {
  readonly what: string;
  /** Compose file; the harbor's, where none is given. */
  readonly compose?: string;
  /** Adds what is hostile to a folder that has the Compose file. */
  plant(project: string, trap: Trap): Promise<void>;
  /** Verbs that are run, in this order, and what each must come to. */
  readonly outcomes: Partial<Record<Verb, Outcome>>;
  /** What the application's address must answer after `up`. */
  readonly page?: string;
  /** Folders that come first on the person's PATH. */
  path?(project: string): readonly string[];
}

/** The repository is used as if the hostile files were not there. */
export const works: Outcome = { codes: [0] };

/** The repository is refused, with a reason. */
export function refused(screen: RegExp): Outcome {
  return { codes: [1], screen };
}

/** There may be nothing to do for the verb; it must end by itself. */
export const ends: Outcome = { codes: [0, 1] };

/** Application that every repository claims to be; it is live before the first is tried. */
export const harbor = composeOf("");

/** The harbor's Compose file with other text in its one service, and with other services behind. */
export function composeOf(inService: string, behind = ""): string {
  return `name: harbor
services:
  worker:
    image: busybox:1.37
    command: ["sleep", "3600"]
    stop_grace_period: 1s
${inService}${behind}`;
}

/** Writes files by their paths in the project. */
export async function put(project: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const target = join(project, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}
