import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import type { FakeWorld } from "../testing/fake-ports.ts";
import { outcome, provisioned, releaseShop } from "../testing/released-shop.ts";

interface Row {
  readonly step: string;
  /** What makes the step of the second release fail. */
  readonly fault: (world: FakeWorld) => void;
  readonly code: string;
  readonly exitCode: 1 | 75;
  /** Whether any service may have been touched: it is put back then. */
  readonly moves: boolean;
}

const edited = "registry/api@sha256:2";
const noRoom = "Capacity is unavailable at this time.";

const rows: readonly Row[] = [
  {
    step: "a secret that is not set",
    fault: ({ secrets }) => {
      for (const secret of secrets.secrets.values())
        for (const version of secret.values()) Object.assign(version, { text: "{}" });
    },
    code: "secret-not-set",
    exitCode: 1,
    moves: false,
  },
  {
    step: "a release command that fails",
    fault: ({ ecs }) => void ecs.exitCodes.set("migrate", 1),
    code: "release-command-failed",
    exitCode: 1,
    moves: false,
  },
  {
    step: "a release command that finds no room",
    fault: ({ ecs }) => void ecs.refused.add("migrate"),
    code: "task-not-started",
    exitCode: 75,
    moves: false,
  },
  {
    step: "a service that crashes",
    fault: ({ ecs }) => void ecs.broken.set(edited, 1),
    code: "release-failed",
    exitCode: 1,
    moves: true,
  },
  {
    step: "a service whose image cannot be pulled",
    fault: ({ ecs }) => void ecs.broken.set(edited, "CannotPullContainerError: not found"),
    code: "release-failed",
    exitCode: 1,
    moves: true,
  },
  {
    step: "a service whose secret has gone since",
    fault: ({ ecs }) =>
      void ecs.broken.set(edited, "ResourceInitializationError: unable to retrieve secret from asm"),
    code: "release-failed",
    exitCode: 1,
    moves: true,
  },
  {
    step: "a service that finds no room",
    fault: ({ ecs }) => void ecs.broken.set(edited, noRoom),
    code: "release-failed",
    exitCode: 75,
    moves: true,
  },
];

for (const { step, fault, code, exitCode, moves } of rows) {
  test(`${step} ends the release with exit code ${exitCode}; what ran before runs on`, async () => {
    const world = provisioned();
    await releaseShop(world);
    const before = await outcome(world);
    world.journal.calls.length = 0;
    fault(world);
    const { error } = await releaseShop(world, { api: "2", web: "2" });
    assert.ok(error instanceof UserError, String(error));
    assert.deepEqual([error.problems.map((one) => one.code), error.exitCode], [[code], exitCode]);
    assert.deepEqual(await outcome(world), before);
    assert.equal(world.journal.calls.includes("updateService"), moves);
  });
}
