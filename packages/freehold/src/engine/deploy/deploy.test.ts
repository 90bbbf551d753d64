import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { describeRevision } from "../task/task-definition.ts";
import { FakeAwsError } from "../testing/fake-client.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import { createTranscript } from "../testing/transcript.ts";
import { moveServices } from "./deploy.ts";
import type { Move } from "./move.ts";

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

test("ECS turns back to the tasks that still run, and starts none", async () => {
  const made = world();
  made.ecs.broken.set("api@2", 1);
  const request = { waves: [[await move("api", made)]], serving: "v1" };
  const transcript = createTranscript();
  const error = await moveServices(request, made.ports, transcript.emit).catch((thrown: unknown) => thrown);
  assert.deepEqual(running(made), ["api:1", "worker:1"]);
  assert.equal(made.ecs.services.get("api")?.deployment, "ecs-svc/old");
  assert.equal(made.journal.calls.filter((one) => one === "updateService").length, 1);
  assert.equal(transcript.lines().at(-1), "put-back done (v1 serves on)");
  assert.ok(error instanceof UserError);
  assert.deepEqual([error.exitCode, error.problems.map((one) => one.code)], [1, ["release-failed"]]);
  assert.match(error.problems[0]?.hint ?? "", /^v1 serves on as before\. /);
});

for (const call of ["listServiceDeployments", "stopServiceDeployment"] as const) {
  test(`where ${call} is refused, the earlier revision is deployed anew`, async () => {
    const made = world();
    made.ecs.broken.set("api@2", 1);
    const request = { waves: [[await move("api", made)]] };
    await assert.rejects(
      moveServices(request, { ...made.ports, aws: refusing(made, call) }, createTranscript().emit),
    );
    assert.deepEqual(running(made), ["api:1", "worker:1"]);
    assert.equal(made.ecs.services.get("api")?.deployment, "ecs-svc/2");
  });
}

test("a failure is told even when what ran before does not come back", async () => {
  const made = world();
  made.ecs.broken.set("api@2", 1);
  made.ecs.broken.set("api@1", 9);
  const waves = [[await move("api", made)]];
  const error = await moveServices({ waves }, made.ports, () => {}).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof UserError);
  assert.deepEqual(
    error.problems.map((one) => one.message.split(",")[0]),
    [
      "It ended with exit code 1",
      "What ran before did not come back as it was.",
      "It ended with exit code 9",
    ],
  );
});

test("a cause is told even when its last lines cannot be read", async () => {
  const made = world();
  const logConfiguration = {
    logDriver: "awslogs" as const,
    options: { "awslogs-group": "/shop/api", "awslogs-stream-prefix": "tasks" },
  };
  made.ecs.revisions.set("api:2", {
    containers: [{ name: "api", image: "api@2", logConfiguration }],
    tags: [],
  });
  made.ecs.broken.set("api@2", 1);
  const denied = () => Promise.reject(new FakeAwsError("AccessDeniedException"));
  const ports = { ...made.ports, aws: { ...made.ports.aws, logs: denied } };
  await assert.rejects(
    moveServices({ waves: [[await move("api", made)]] }, ports, () => {}),
    /exit code 1/,
  );
});

test("a first release that fails is taken down again", async () => {
  const made = world();
  made.ecs.broken.set("api@2", 1);
  made.ecs.services.set("api", { taskDefinition: "api:1", desiredCount: 0, deployment: "ecs-svc/old" });
  const transcript = createTranscript();
  const request = { waves: [[{ ...(await move("api", made)), count: 1 }]] };
  await assert.rejects(moveServices(request, made.ports, transcript.emit), /exit code 1/);
  assert.deepEqual(made.ecs.services.get("api")?.desiredCount, 0);
  assert.ok(transcript.events.some((event) => "title" in event && event.title === "Stop what was started"));
});

test("no room now is worth another attempt: exit code 75", async () => {
  const made = world();
  made.ecs.broken.set("api@2", "Capacity is unavailable at this time.");
  const request = { waves: [[await move("api", made)]] };
  await assert.rejects(
    moveServices(request, made.ports, () => {}),
    { exitCode: 75 },
  );
  assert.deepEqual(running(made), ["api:1", "worker:1"]);
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
function fakeHang(made: FakeWorld): FakeWorld["ports"]["aws"] {
  return answering(made, "listTasks", async () => ({ taskArns: [] }));
}

function refusing(made: FakeWorld, call: string): FakeWorld["ports"]["aws"] {
  return answering(made, call, () => Promise.reject(new FakeAwsError("AccessDeniedException")));
}

/** The account, with one of ECS's answers in place of its own. */
function answering(
  { ports }: FakeWorld,
  call: string,
  answer: () => Promise<object>,
): FakeWorld["ports"]["aws"] {
  return {
    ...ports.aws,
    ecs: async () =>
      new Proxy(await ports.aws.ecs(), {
        get: (target, name) => (name === call ? answer : Reflect.get(target, name)),
      }),
  };
}
