import type { DynoSize } from "./heroku/dyno-sizes.ts";
import type { Folder } from "./repository.ts";

/** What an application's libraries say it talks to. */
export interface Needs {
  readonly database?: "postgres" | "mysql";
  /** Its major version, where it is asked for. */
  readonly databaseVersion?: string;
  /** Its driver takes the database's URL without a name and a password, as `jdbc:…`. */
  readonly isJdbc?: true;
  readonly cache?: true;
  /** What it keeps its data in beside those, for which nothing is proposed. */
  readonly store?: "mongodb" | "sqlite";
  /** What its client wants in the query of a cache's URL once that has TLS. */
  readonly cacheQuery?: string;
}

/** A further process of the same image: a queue's worker, a scheduler. */
export interface Process {
  readonly name: string;
  /** Where it is left out, its image says how it starts. */
  readonly command?: string;
  readonly because: string;
  /** Of an image of its own; path in the program's folder. */
  readonly dockerfile?: string;
}

/** Answers HTTP, is static files once built, or does neither. */
export type Serving =
  | { readonly kind: "http"; readonly port: number }
  | FilesServing
  | { readonly kind: "nothing" };

/** Files that a command makes. */
export interface FilesServing {
  readonly kind: "files";
  /** Where the command runs, and what `output` starts from. */
  readonly folder: string;
  readonly build: string;
  readonly output: string;
  /** What shows them at home while they are worked on. */
  readonly develop: { readonly command: string; readonly port: number };
}

/** A program of the repository, known by the marks in its folder. */
export interface Part {
  /** `.` or `apps/web`. */
  readonly folder: string;
  /** What a person would call it: `Django`, `Next.js`, `Go`. */
  readonly kind: string;
  /** The marks it was known by. */
  readonly because: string;
  readonly serving: Serving;
  /** Command that brings the database to the release's form. */
  readonly release?: string;
  /** Command that fills a new database, for all but production. */
  readonly seed?: string;
  /** What starts it to answer HTTP, as a shell reads it, in place of what its image says; it listens on `PORT`. */
  readonly command?: string;
  /** What it calls the URL of its database, and of its cache, where that is written. */
  readonly names?: { readonly database?: string; readonly cache?: string };
  readonly variables?: readonly (readonly [name: string, value: string])[];
  /** Names of variables whose values are nobody's business. */
  readonly secrets?: readonly string[];
  /** What its processes ask for, by their type: `web`, `worker`. */
  readonly sizes?: Readonly<Record<string, DynoSize>>;
  /** What only a person can do. */
  readonly told?: readonly string[];
  /** Path that answers while it is well, where the kind has one. */
  readonly health?: string;
  readonly processes: readonly Process[];
  readonly needs: Needs;
  /** Starts it for more than the people who write it, where that is known. */
  readonly start?: readonly string[];
  /** Of the image it already has; path in its folder. */
  readonly dockerfile?: string;
  /** How a Dockerfile for it would be, where it has none. */
  readonly recipe?: Recipe;
}

/** What a Dockerfile for it would do. */
export type Recipe =
  | {
      readonly language: "node";
      readonly version: string;
      readonly manager: "npm" | "pnpm" | "yarn";
      readonly hasLock: boolean;
      /** Folder within the workspace whose root is the context, if it is part of one. */
      readonly workspace?: string;
      readonly build: boolean;
      readonly start: readonly string[];
    }
  | {
      readonly language: "python";
      readonly version: string;
      readonly install: "requirements" | "project" | "pipenv";
      readonly requirements: string;
      readonly static: boolean;
      readonly start: readonly string[];
    }
  | {
      readonly language: "java";
      readonly version: string;
      readonly tool: "maven" | "gradle";
      readonly hasWrapper: boolean;
    }
  | { readonly language: "rust"; readonly binary: string }
  | { readonly language: "elixir"; readonly hasAssets: boolean }
  | { readonly language: "go"; readonly hasSums: boolean; readonly main: string }
  | {
      readonly language: "ruby";
      readonly version: string;
      readonly assets: boolean;
      readonly start: readonly string[];
    }
  | {
      readonly language: "php";
      readonly version: string;
      readonly root: string;
      readonly extensions: readonly string[];
    };

/** Reads the marks of one language in a folder; undefined where it has none. */
export type Mark = (folder: Folder) => Part | undefined;
