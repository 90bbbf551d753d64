import type { Mapping } from "./document.ts";

/** What `freehold init` would write, and why. */
export interface Proposal {
  /** The file of the application: `freehold.yml`, or what lies over a Compose file. */
  readonly path: string;
  /** What stands at its top. */
  readonly heading: string;
  readonly document: Mapping;
  /** Written beside it where the person agrees: Dockerfiles, what a Compose file names and is missing. */
  readonly companions: readonly Companion[];
  readonly findings: readonly Finding[];
  /** What only a person can do, in the order they would do it. */
  readonly next: readonly string[];
}

export interface Companion {
  readonly path: string;
  readonly text: string;
  /** What it is for, as a question asks: `Write ${path}, ${purpose}?`. */
  readonly purpose: string;
}

/** One thing that was seen, and what it becomes. */
export interface Finding {
  /** A service's name, or a file's. */
  readonly subject: string;
  readonly message: string;
}
