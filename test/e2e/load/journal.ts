/** One answer as a client saw it; times as `performance.now()` gives them. */
export interface Sighting {
  /** `pair quick`, `site page`. */
  readonly what: string;
  /** The number that the answer carried. */
  readonly edition: string;
  readonly began: number;
  readonly ended: number;
}

/** What clients saw since the last time they were asked. */
export interface Seen {
  readonly sightings: readonly Sighting[];
  /** Requests that were not answered as they should be, in words. */
  readonly failures: readonly string[];
}

/** Where all clients of a load write down what they see. */
export interface Journal {
  /** An answer is taken for whole when it fits the pattern, whose first group is the edition. */
  note(what: string, began: number, status: number, body: string, whole: RegExp): void;
  fail(what: string, began: number, reason: unknown): void;
  /** What has been seen, which stays to be taken. */
  look(): Seen;
  take(): Seen;
}

export function createJournal(): Journal {
  let sightings: Sighting[] = [];
  let failures: string[] = [];
  const fail: Journal["fail"] = (what, began, reason) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    failures.push(`${new Date().toISOString()} ${what} after ${seconds} s: ${reason}`);
  };
  return {
    note: (what, began, status, body, whole) => {
      const edition = whole.exec(body)?.[1];
      if (status !== 200 || edition === undefined) {
        fail(what, began, `${status} ${body.slice(0, 200)}`);
        return;
      }
      sightings.push({ what, edition, began, ended: performance.now() });
    },
    fail,
    look: () => ({ sightings, failures }),
    take: () => {
      const seen = { sightings, failures };
      sightings = [];
      failures = [];
      return seen;
    },
  };
}
