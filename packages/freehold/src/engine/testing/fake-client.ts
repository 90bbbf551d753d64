/** An error as an AWS client throws it: known by its name. */
export class FakeAwsError extends Error {
  override readonly name: string;

  constructor(name: string, message = name) {
    super(message);
    this.name = name;
  }
}

/** Every call that changes something, in order; a fault makes one of them fail before it has done anything. */
export interface Journal {
  readonly calls: string[];
  /** Calls that only look are written down, and fail, as well. */
  withLooks?: boolean;
  /** Index of the call that fails. */
  failAt?: number;
  /** What it fails with; `Killed` where nothing is said. */
  fault?: (name: string) => Error;
}

/** Thrown in place of the call at `failAt`: stands for a run that is killed there. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/**
 * A client that has these operations alone; another one throws its name. Names that begin with `describe`, `get`, `head` and `list` only
 * look; all others are written into the journal.
 */
export function fakeClient<Client>(journal: Journal, operations: object): Client {
  const call = (name: string) => {
    const run: unknown = Reflect.get(operations, name);
    return async (input: unknown): Promise<unknown> => {
      if (typeof run !== "function") throw new FakeAwsError("NotFaked", name);
      note(journal, name);
      return Reflect.apply(run, operations, [input]);
    };
  };
  const proxy = new Proxy(operations, {
    get: (_target, name) => (typeof name === "string" && name !== "then" ? call(name) : undefined),
  });
  // A double offers a part of the client; what is missing throws above.
  return proxy as unknown as Client;
}

/** Writes a call into the journal, unless it only looks and looks are left out. */
export function note(journal: Journal, name: string): void {
  if (journal.withLooks !== true && /^(describe|get|head|list|filter|batchGet)/.test(name)) return;
  if (journal.calls.length === journal.failAt) throw journal.fault?.(name) ?? new Killed(name);
  journal.calls.push(name);
}
