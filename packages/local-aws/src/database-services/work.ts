/** Work on a service's things, each by its ARN: on one thing, one after the other. */
export interface Work<Thing> {
  /** Does work on a thing after all that was asked before, where it is still there. */
  enqueue(arn: string, work: (thing: Thing) => Promise<void>): Promise<void>;
  /** Resolves once all that was asked for a thing so far is done. */
  settled(arn: string): Promise<void>;
}

/** `failed` hears of work that was rejected; the next in the queue begins all the same. */
export function createWork<Thing>(
  find: (arn: string) => Thing | undefined,
  failed: (thing: Thing, error: unknown) => Promise<void>,
): Work<Thing> {
  const last = new Map<string, Promise<void>>();
  const settled = async (arn: string): Promise<void> => last.get(arn);
  return {
    settled,
    enqueue: (arn, work) => {
      const turn = settled(arn).then(async () => {
        const thing = find(arn);
        if (thing === undefined) return;
        await work(thing).catch((error: unknown) => failed(thing, error));
      });
      last.set(arn, turn);
      return turn;
    },
  };
}
