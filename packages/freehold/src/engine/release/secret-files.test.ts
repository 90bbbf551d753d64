import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "../../app/application.ts";
import type { SecretAtHome } from "../../app/secret-file.ts";
import type { ServiceOutputs } from "../../aws/outputs.ts";
import { UserError } from "../../errors.ts";
import { demandSecrets } from "../secrets/demand.ts";
import { fakeWorld } from "../testing/fake-ports.ts";
import { provisioned } from "../testing/released-shop.ts";
import { shopBuilt, shopTarget } from "../testing/shop.ts";
import { demandImages } from "./images.ts";
import { release } from "./release.ts";

function withFile(service: Environment["services"][number], home: SecretAtHome | undefined) {
  if (service.name !== "worker" || service.type === "site") return service;
  const source = { kind: "own", ...(home === undefined ? {} : { home }) } as const;
  const file = { name: "tls.key", path: "/run/secrets/tls.key", source, mode: "0444", user: 0, group: 0 };
  return { ...service, secretFiles: [file] };
}

function environmentWith(home?: SecretAtHome): Environment {
  const { environment } = shopTarget();
  return { ...environment, services: environment.services.map((one) => withFile(one, home)) };
}

const writer = "registry/worker@sha256:writer";

/** What the stack tells of a service that finds secrets in files. */
function written(outputs: ServiceOutputs | undefined): ServiceOutputs {
  assert.ok(outputs !== undefined);
  const [main] = outputs.template.containerDefinitions;
  assert.ok(main !== undefined);
  const secrets = [{ name: "SECRET_1", valueFrom: "arn:secret/dev:tls.key::" }];
  const containerDefinitions = [main, { ...main, name: "worker-secrets", essential: false, secrets }];
  return { ...outputs, template: { ...outputs.template, containerDefinitions } };
}

async function released() {
  const world = provisioned();
  const version = world.secrets.secrets.get("arn:secret/dev")?.get("version-1");
  Object.assign(version ?? {}, { text: '{"STRIPE_KEY":"x","tls.key":"y"}' });
  const plain = shopTarget({ services: environmentWith().services });
  const services = { ...plain.outputs.services, worker: written(plain.outputs.services["worker"]) };
  const target = { ...plain, outputs: { ...plain.outputs, services } };
  const built = { ...shopBuilt(), writers: { worker: writer } };
  const { release: record } = await release({ target, built }, world.ports, () => {});
  return { world, record };
}

test("each container of a task gets its own image, and the secrets of one release", async () => {
  const { world, record } = await released();
  const arn = record.services["worker"]?.taskDefinitionArn ?? "";
  const containers = world.ecs.revisions.get(arn)?.containers ?? [];
  assert.deepEqual(
    containers.map(({ name, image }) => [name, image]),
    [
      ["worker", "registry/worker@sha256:1"],
      ["worker-secrets", writer],
    ],
  );
  assert.equal(containers[1]?.secrets?.[0]?.valueFrom, "arn:secret/dev:tls.key::version-1");
  assert.deepEqual(containers[1]?.environment, [], "it belongs to no release");
});

test("a release whose writer has gone from the repository cannot come back", async () => {
  const { world, record } = await released();
  assert.equal(record.services["worker"]?.writer, writer);
  await demandImages(record, world.ports);
  world.gone.add("worker@sha256:writer");
  await assert.rejects(demandImages(record, world.ports), /no longer in the repository/);
});

const homes: readonly (readonly [SecretAtHome | undefined, string])[] = [
  [{ kind: "file", path: "./tls.key" }, "freehold secrets set tls.key -e dev < ./tls.key"],
  [{ kind: "variable", name: "KEY" }, "printenv KEY | freehold secrets set tls.key -e dev"],
  [undefined, "freehold secrets set tls.key -e dev"],
];

for (const [home, command] of homes) {
  test(`one that is not set is named: ${command}`, async () => {
    const environment = environmentWith(home);
    const owner = { application: { name: "shop" }, collection: { name: "default" }, environment };
    const told = demandSecrets(owner, fakeWorld().ports).catch((error: unknown) => error);
    const error = await told;
    assert.ok(error instanceof UserError);
    const problem = error.problems.find(({ subject }) => subject === "tls.key");
    assert.equal(problem?.message, "is declared by worker but not set in dev");
    assert.equal(problem?.hint, `Set it: \`${command}\``);
  });
}
