import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { describeRevision } from "../task/task-definition.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import { createTranscript } from "../testing/transcript.ts";
import { type Move, moveServices } from "./deploy.ts";

function world(): FakeWorld {
  const made = fakeWorld();
  for (const name of ["api", "worker"]) {
    for (const edition of ["1", "2"]) {
      made.ecs.revisions.set(`${name}:${edition}`, {
        containers: [{ name, image: `${name}@${edition}` }],
        tags: [],
      });
    }
    made.ecs.services.set(name, { taskDefinition: `${name}:1`, desiredCount: 1, deployment: "ecs-svc/old" });
  }
  return made;
}

async function move(name: string, { ports }: FakeWorld): Promise<Move> {
  const place = { cluster: "cluster", service: name };
  return { name, place, revision: await describeRevision(`${name}:2`, ports) };
}

function running({ ecs }: FakeWorld): readonly string[] {
  return [...ecs.services.values()].map((service) => service.taskDefinition);
}

test("a failure in a later group puts back the services of earlier ones", async () => {
  const made = world();
  made.ecs.broken.set("worker@2", 1);
  const waves = [[await move("api", made)], [await move("worker", made)]];
  await assert.rejects(moveServices({ waves }, made.ports, createTranscript().emit), UserError);
  assert.deepEqual(running(made), ["api:1", "worker:1"]);
});

test("a failure is told even when what ran before does not come back", async () => {
  const made = world();
  made.ecs.broken.set("api@2", 1);
  made.ecs.broken.set("api@1", 9);
  const waves = [[await move("api", made)]];
  const transcript = createTranscript();
  await assert.rejects(moveServices({ waves }, made.ports, transcript.emit), /exit code 1/);
  assert.ok(
    transcript
      .lines()
      .some((line) => line.startsWith("put-back failed: The container ends by itself with exit code 9")),
  );
});

test("what a killed run left half moved goes back to what is on record", async () => {
  const made = world();
  const api = made.ecs.services.get("api");
  if (api !== undefined) api.taskDefinition = "api:2";
  made.ecs.broken.set("api@2", 1);
  const waves = [[{ ...(await move("api", made)), fallback: "api:1", count: 2 }]];
  await assert.rejects(moveServices({ waves }, made.ports, createTranscript().emit), UserError);
  assert.deepEqual(running(made), ["api:1", "worker:1"]);
});

test("an interruption leaves the services moving, and says so", async () => {
  const made = world();
  made.ecs.services.set("api", { taskDefinition: "api:1", desiredCount: 1, deployment: "ecs-svc/old" });
  made.ecs.broken.set("api@2", 1);
  made.ecs.tasks.length = 0;
  const interrupt = new AbortController();
  interrupt.abort();
  const stuck = {
    ...made.ports,
    clock: { ...made.ports.clock, sleep: async () => assert.fail("it goes on waiting") },
  };
  const hang = fakeHang(made);
  const request = { waves: [[await move("api", made)]], signal: interrupt.signal };
  await assert.rejects(moveServices(request, { ...stuck, aws: hang }, createTranscript().emit), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.exitCode, 130);
    return true;
  });
  assert.deepEqual(running(made), ["api:2", "worker:1"]);
});

/** An account in which nothing ever stops, so that a deployment of a broken image rolls for ever. */
function fakeHang({ ports }: FakeWorld): FakeWorld["ports"]["aws"] {
  return {
    ...ports.aws,
    ecs: async () => {
      const ecs = await ports.aws.ecs();
      return new Proxy(ecs, {
        get: (target, name) =>
          name === "listTasks" ? async () => ({ taskArns: [] }) : Reflect.get(target, name),
      });
    },
  };
}
