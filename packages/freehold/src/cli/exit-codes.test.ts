import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { destroyCollection } from "../engine/destroy/collection.ts";
import { destroyEnvironment } from "../engine/destroy.ts";
import type { Emit, Event } from "../engine/events.ts";
import { plan } from "../engine/plan.ts";
import type { Ports } from "../engine/ports.ts";
import { rollback } from "../engine/rollback.ts";
import { run } from "../engine/run.ts";
import { Secret } from "../engine/secrets/value.ts";
import { setSecret } from "../engine/secrets.ts";
import { status } from "../engine/status.ts";
import { type FakeAccount, fakeAccount } from "../engine/testing/fake-account.ts";
import { shopApplication } from "../engine/testing/shop.ts";
import { up } from "../engine/up.ts";
import { runVerb, VerbFailed } from "../engine/verb.ts";
import { exitCodeOf, failureOf } from "./failure.ts";

const request = { application: shopApplication() };

/** What a verb says in words of its own where a call fails. */
const ownCodes = [
  "no-identity",
  "unreadable-secret",
  "unreadable-state",
  "no-state-bucket",
  "not-verified",
  "left-behind",
];

interface VerbRow {
  /** Calls that only look fail as well; of the others' looks there are too many for a test of seconds. */
  readonly withLooks?: true;
  readonly before: (world: FakeAccount) => Promise<unknown>;
  readonly run: (ports: Ports, emit: Emit) => Promise<unknown>;
}

const nothing = async () => {};
const isUp = ({ ports }: FakeAccount) => up(request, ports, () => {});
/** Two releases, of which the second has another version of the only secret. */
const isReleasedTwice = async (world: FakeAccount) => {
  await isUp(world);
  await setSecret({ ...request, name: "STRIPE_KEY", value: new Secret("another") }, world.ports);
  await isUp(world);
};
const isDestroyed = async (world: FakeAccount) => {
  await isUp(world);
  await destroyEnvironment(request, world.ports, () => {});
};

const verbs: Readonly<Record<string, VerbRow>> = {
  up: { before: nothing, run: (ports, emit) => up(request, ports, emit) },
  "up again": { before: isUp, run: (ports, emit) => up(request, ports, emit) },
  plan: { withLooks: true, before: isUp, run: (ports, emit) => plan(request, ports, emit) },
  rollback: { before: isReleasedTwice, run: (ports, emit) => rollback(request, ports, emit) },
  status: { withLooks: true, before: isUp, run: (ports) => status(request, ports) },
  run: {
    before: isUp,
    run: (ports, emit) => run({ ...request, service: "api", command: ["x"] }, ports, emit),
  },
  "secrets set": {
    before: nothing,
    run: (ports) => setSecret({ ...request, name: "OTHER", value: new Secret("x") }, ports),
  },
  destroy: { before: isUp, run: (ports, emit) => destroyEnvironment(request, ports, emit) },
  "destroy --collection": {
    before: isDestroyed,
    run: (ports, emit) => destroyCollection(request, ports, emit),
  },
};

/** What AWS may answer to any call, and the exit code it comes to. */
const answers: Readonly<Record<string, readonly [fault: object, exitCode: number, code: string]>> = {
  AccessDeniedException: [{ $fault: "client", $metadata: {} }, 1, "access-denied"],
  ThrottlingException: [{ $fault: "client", $metadata: {} }, 75, "throttled"],
  ServiceUnavailable: [{ $fault: "server", $metadata: {} }, 75, "aws-fault"],
  Error: [{ code: "ECONNRESET" }, 75, "no-network"],
};

interface Ended {
  readonly failure: unknown;
  readonly events: readonly Event[];
}

async function perform(verb: string, row: VerbRow, ports: Ports): Promise<Ended> {
  const events: Event[] = [];
  const emit: Emit = (event) => void events.push(event);
  try {
    await runVerb(verb, "", ports, emit, (told) => row.run(ports, told));
    return { failure: undefined, events };
  } catch (failure) {
    return { failure, events };
  }
}

async function ready(row: VerbRow): Promise<FakeAccount> {
  const world = await fakeAccount();
  await row.before(world);
  world.journal.withLooks = row.withLooks === true;
  return world;
}

/** From now on, until so many calls are made. */
function failAt({ journal }: FakeAccount, index: number, name: string, fault: object): void {
  journal.calls.length = 0;
  journal.failAt = index;
  journal.fault = () => Object.assign(new Error("no"), { name, ...fault });
}

describe("every call that may fail: the exit code tells it, and the step is named", () => {
  for (const [verb, row] of Object.entries(verbs)) {
    test(verb, async () => {
      const whole = await ready(row);
      failAt(whole, -1, "", {});
      assert.equal((await perform(verb, row, whole.ports)).failure, undefined);
      const calls = [...whole.journal.calls];
      assert.ok(calls.length > 0);
      const kinds = Object.entries(answers);
      for (const [index, call] of calls.entries()) {
        const [name, [fault, exitCode, code]] = kinds[index % kinds.length] ?? ["", [{}, 0, ""]];
        // A verb that only looks leaves the account as it was.
        const world = row.withLooks === true ? whole : await ready(row);
        failAt(world, index, name, fault);
        const { failure, events } = await perform(verb, row, world.ports);
        const at = `${name} at call ${index}, ${call}`;
        const isOver = events.some((event) => event.type === "finished");
        // A lease that cannot be given back, or a beat that is lost, ends by itself.
        if (failure === undefined) assert.ok(isOver && /Object$/.test(call), at);
        else demandTold(failure, events, { exitCode, code }, at);
      }
    });
  }
});

function demandTold(
  failure: unknown,
  events: readonly Event[],
  expected: { readonly exitCode: number; readonly code: string },
  at: string,
): void {
  assert.ok(failure instanceof VerbFailed, at);
  const told = Object(failureOf(failure));
  assert.notEqual(exitCodeOf(failure), 0, at);
  assert.equal(told.exitCode, exitCodeOf(failure), at);
  const failed = events.find((event) => event.type === "step-failed");
  assert.equal(told.step, failed?.type === "step-failed" ? failed.id : undefined, at);
  assert.ok(!events.some((event) => event.type === "finished"), at);
  const codes: readonly string[] = told.problems.map((one: { readonly code: string }) => one.code);
  // What a verb says in words of its own is as good as the name of the refusal.
  assert.ok([expected.code, ...ownCodes].includes(codes[0] ?? ""), `${at}: ${JSON.stringify(told)}`);
  assert.equal(told.exitCode, expected.exitCode, `${at}: ${codes}`);
}

test("an interrupt, a no, and a bug of ours", async () => {
  const { ports } = await fakeAccount();
  const interrupted = { ...request, signal: AbortSignal.abort() };
  const row = (start: VerbRow["run"]) => ({ before: nothing, run: start });
  const { failure } = await perform(
    "up",
    row((each, emit) => up(interrupted, each, emit)),
    ports,
  );
  assert.equal(exitCodeOf(failure), 130);
  const no = { ...ports, questions: { confirm: async () => false, typed: async () => false } };
  const said = await perform(
    "up",
    row((each, emit) => up(request, each, emit)),
    no,
  );
  assert.equal(exitCodeOf(said.failure), 130);
  const bug = await perform(
    "up",
    row(() => Promise.reject(new TypeError("x is not a function"))),
    ports,
  );
  assert.equal(exitCodeOf(bug.failure), 70);
});
