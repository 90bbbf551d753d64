import type { Note } from "../app/application.ts";
import { type Place, type Problem, UserError } from "../errors.ts";

/** A problem always has its place: nothing is wrong with a file nowhere. */
export interface PlacedProblem extends Problem {
  readonly place: Place;
}

/** What reading the files has brought up so far: every problem, not only the first, and what the user should know. */
export class Findings {
  readonly #problems = new Map<string, PlacedProblem>();
  readonly #notes = new Map<string, Note>();

  /** Environments share services; what is wrong in one place is told once. */
  problem(problem: PlacedProblem): void {
    const { place, message } = problem;
    this.#problems.set(`${place.file}:${place.line}:${place.column} ${message}`, problem);
  }

  note(subject: string, message: string): void {
    this.#notes.set(`${subject} ${message}`, { subject, message });
  }

  /** A setting that was read, and that nothing is made of yet. */
  later(subject: string): void {
    const message = "is accepted but not built yet: it changes nothing for now";
    this.#notes.set(`${subject} ${message}`, { subject, message, isLater: true });
  }

  /** Whether something is wrong with a setting or a part of it, so that what follows from it is not told as well. */
  tells(subject: string): boolean {
    const parts = [`${subject}.`, `${subject}[`];
    return [...this.#problems.values()].some(
      (problem) => problem.subject === subject || parts.some((part) => problem.subject.startsWith(part)),
    );
  }

  get count(): number {
    return this.#problems.size;
  }

  get notes(): readonly Note[] {
    return [...this.#notes.values()];
  }

  /** Errors: UserError with all problems, in the order of the file. */
  throwProblems(): void {
    if (this.#problems.size > 0) throw new UserError([...this.#problems.values()].sort(byPlace));
  }
}

function byPlace({ place: a }: PlacedProblem, { place: b }: PlacedProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
