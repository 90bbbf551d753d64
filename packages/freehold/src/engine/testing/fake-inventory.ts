import { recognise, type Thing } from "../sweep/kind.ts";
import { kinds } from "../sweep/kinds.ts";
import { FakeAwsError, type Journal, note } from "./fake-client.ts";
import { deletions, listings, lookups } from "./inventory-calls.ts";

/** Whatever else is in the account, by ARN, with its tags; open to the test. */
export interface FakeInventory {
  readonly things: Map<string, Readonly<Record<string, string>>>;
  /** What the listing by tag still shows although its service has forgotten it. */
  readonly ghosts: Map<string, Readonly<Record<string, string>>>;
  /** ARNs that cannot be deleted, with the error's name; taken away with what they stand on by the test. */
  readonly stuck: Map<string, string>;
}

export function fakeInventory(): FakeInventory {
  return { things: new Map(), ghosts: new Map(), stuck: new Map() };
}

/** What the things in the inventory answer; every other call goes to the client below, or finds nothing. */
export function overlay<Client>(journal: Journal, inventory: FakeInventory, below?: object): Client {
  const answer = async (name: string, input: object): Promise<unknown> => {
    const own = callOf(name, input, inventory);
    if (own !== undefined) {
      note(journal, name);
      return own();
    }
    const other: unknown = below === undefined ? undefined : Reflect.get(below, name);
    if (typeof other !== "function") throw new FakeAwsError("NotFaked", name);
    return Reflect.apply(other, below, [input]);
  };
  const proxy = new Proxy(
    {},
    {
      get: (_target, name) =>
        typeof name === "string" && name !== "then" ? (input: object = {}) => answer(name, input) : undefined,
    },
  );
  // A double offers a part of the client; what is missing throws above.
  return proxy as unknown as Client;
}

function callOf(name: string, input: object, inventory: FakeInventory): (() => unknown) | undefined {
  const listing = listings[name]?.(input, inventory);
  if (listing !== undefined) return () => listing;
  const [noun, argument = "", answer] = lookups[name] ?? [];
  if (answer !== undefined) {
    if (ofNoun(noun, input, argument, inventory.ghosts).length > 0) return () => refuse("NotFound", name);
    const found = ofNoun(noun, input, argument, inventory.things);
    return found.length === 0 ? undefined : () => answer(found.map(({ id }) => id));
  }
  const deletion = deletions[name];
  if (deletion === undefined) return undefined;
  const found = ofNoun(deletion[0], input, deletion[1], inventory.things);
  return found.length === 0 ? undefined : () => remove(found, inventory);
}

function ofNoun(
  noun: string | undefined,
  input: object,
  argument: string,
  things: FakeInventory["things"],
): readonly Thing[] {
  const asked: readonly unknown[] = [Reflect.get(input, argument)].flat();
  return [...things.keys()].flatMap((arn) => {
    const found = recognise(arn, kinds);
    const isAsked = found?.kind.noun === noun && (asked.includes(found?.thing.id) || asked.includes(arn));
    return found !== undefined && isAsked ? [found.thing] : [];
  });
}

function remove(found: readonly Thing[], { things, stuck }: FakeInventory): unknown {
  for (const { arn } of found) {
    const refusal = stuck.get(arn);
    if (refusal !== undefined) refuse(refusal, "it is in use");
    things.delete(arn);
  }
  return {};
}

function refuse(name: string, message: string): never {
  throw new FakeAwsError(name, message);
}
