import assert from "node:assert/strict";
import { noteBrokenOff } from "../lease/broken-off.ts";
import type { Ports } from "../ports.ts";
import { fakeExisting, thingsOf } from "../provision/existing/testing/fake-existing.ts";
import type { Thing } from "../provision/existing/testing/world.ts";
import { collectionRoot } from "../provision/stacks.ts";
import { readSurroundings } from "../surroundings.ts";
import { type FakeAccount, fakeAccount } from "./fake-account.ts";
import { FakeAwsError } from "./fake-client.ts";
import { shopApplication } from "./shop.ts";

const request = { application: shopApplication() };

/** An account in which a Terraform was killed while it made the collection. */
export interface LeftBehind {
  readonly world: FakeAccount;
  readonly ports: Ports;
  readonly things: readonly Thing[];
}

/** These things of the collection exist, and no state knows them. */
export async function leftBehind(...addresses: readonly string[]): Promise<LeftBehind> {
  const world = await fakeAccount();
  const root = await collectionRoot(await readSurroundings(request, world.ports), world.ports);
  const things = thingsOf(root.stack).filter((one) => addresses.includes(one.id));
  assert.equal(things.length, addresses.length);
  for (const one of addresses) world.terraform.existing.add(one);
  return { world, things, ports: { ...world.ports, aws: withExisting(world.ports.aws, things) } };
}

const asksExistingFirst: ReadonlySet<string> = new Set(["cloudfront", "ec2"]);

/** What the account in memory cannot answer, or answers for nothing at all, is asked of what exists. */
export function withExisting(aws: Ports["aws"], things: readonly Thing[]): Ports["aws"] {
  const existing = fakeExisting(things, { calls: [] });
  const client = async (name: string) => {
    const clients = await Promise.all([Reflect.get(aws, name)?.(), Reflect.get(existing, name)?.()]);
    const [first, second] = asksExistingFirst.has(name) ? clients.toReversed() : clients;
    const call = (operation: PropertyKey) => async (input: unknown) => {
      const answer: Promise<unknown> | undefined = first && Reflect.get(first, operation)(input);
      return (
        answer?.catch((error: unknown) => {
          const isUnknown =
            error instanceof FakeAwsError && error.name === "NotFaked" && second !== undefined;
          if (isUnknown) return Reflect.get(second, operation)(input);
          throw error;
        }) ?? Reflect.get(second, operation)(input)
      );
    };
    return new Proxy({}, { get: (_, operation) => (operation === "then" ? undefined : call(operation)) });
  };
  const merged: Ports["aws"] = new Proxy(aws, {
    get: (target, name) => {
      if (name === "region") return target.region;
      return name === "elsewhere" ? () => merged : () => client(String(name));
    },
  });
  return merged;
}

/** It is noted that the collection was broken off. */
export async function brokenOff({ world }: LeftBehind): Promise<void> {
  const { collectionLease } = await readSurroundings(request, world.ports);
  await noteBrokenOff(collectionLease, world.ports);
}
