/** A place in a file the user wrote; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing that is wrong: what, where, and the way out. */
export interface Problem {
  /** Stable and greppable, e.g. `unknown-key`. */
  readonly code: string;
  /** The path of the setting or thing, e.g. `services.api.x-freehold.scale.maxx`; may be empty. */
  readonly subject: string;
  /** What is wrong, with the value given and what is allowed. */
  readonly message: string;
  /** The way out, in the imperative. */
  readonly hint?: string;
  /** The last lines of the container or program that failed, oldest first. */
  readonly output?: readonly string[];
  readonly place?: Place;
}

/** 1 the user can mend it · 2 wrong usage · 75 try again (lock held, throttled) · 130 the user said no. */
export type UserExitCode = 1 | 2 | 75 | 130;

/** Something the user can mend. Everything else that is thrown is a bug of ours (exit code 70). */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly problems: readonly Problem[];
  readonly exitCode: UserExitCode;

  constructor(
    problems: readonly Problem[] | Problem,
    options: { exitCode?: UserExitCode; cause?: unknown } = {},
  ) {
    const list: readonly Problem[] = "code" in problems ? [problems] : problems;
    super(list.map((p) => p.message).join("\n"), { cause: options.cause });
    this.problems = list;
    this.exitCode = options.exitCode ?? 1;
  }
}
