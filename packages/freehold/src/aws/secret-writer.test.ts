import assert from "node:assert/strict";
import { test } from "node:test";
import type { Web } from "../app/application.ts";
import type { SecretFile } from "../app/secret-file.ts";
import { rootOf } from "./testing/look.ts";
import { shopEnvironmentStack } from "./testing/shop.ts";
import { withService } from "./testing/vary.ts";

const owner = { mode: "0400", user: 1000, group: 1001 } as const;
const files: readonly SecretFile[] = [
  {
    name: "db_password",
    path: "/run/secrets/db_password",
    source: {
      kind: "bound",
      binding: { kind: "attribute", resource: "db", attribute: "password", role: "shop" },
    },
    ...owner,
  },
  {
    name: "db_user",
    path: "/run/secrets/db_user",
    source: {
      kind: "bound",
      binding: { kind: "attribute", resource: "db", attribute: "user", role: "shop" },
    },
    ...owner,
  },
  { name: "tls.key", path: "/run/secrets/tls/key", source: { kind: "own" }, ...owner },
];

const { template } = rootOf(shopEnvironmentStack(withService<Web>("api", { secretFiles: files }))).output
  .freehold.value.services.api;
const [main, writer] = template.containerDefinitions;

test("a container of its own has the secrets, and ends well before the service's starts", () => {
  assert.equal(main.name, "api");
  assert.deepEqual(main.dependsOn, [{ containerName: "api-secrets", condition: "SUCCESS" }]);
  assert.deepEqual([writer.name, writer.essential], ["api-secrets", false]);
  assert.deepEqual(writer.secrets, [
    { name: "SECRET_1", valueFrom: "${aws_secretsmanager_secret.bindings_api.arn}:file/db_password::" },
    { name: "SECRET_3", valueFrom: "${aws_secretsmanager_secret.environment.arn}:tls.key::" },
  ]);
  assert.deepEqual(writer.environment, [{ name: "SECRET_2", value: "shop" }]);
  assert.ok(!JSON.stringify(main.secrets).includes("tls.key"), "no variable of the service has it");
});

test("they share a volume of the task, which the service cannot write", () => {
  assert.deepEqual(template.volumes, [{ name: "secrets" }]);
  const mount = { sourceVolume: "secrets", containerPath: "/run/secrets" };
  assert.deepEqual(main.mountPoints, [{ ...mount, readOnly: true }]);
  assert.deepEqual(writer.mountPoints, [{ ...mount, readOnly: false }]);
});

test("what is written where, by whom and for whom is arguments, the values are not", () => {
  assert.deepEqual(writer.command, [
    ...["/run/secrets/db_password", "SECRET_1", "1000:1001", "0400"],
    ...["/run/secrets/db_user", "SECRET_2", "1000:1001", "0400"],
    ...["/run/secrets/tls/key", "SECRET_3", "1000:1001", "0400"],
  ]);
});

test("a service without such files is a task of one container", () => {
  const { worker } = rootOf(shopEnvironmentStack()).output.freehold.value.services;
  assert.equal(worker.template.containerDefinitions.length, 1);
  assert.ok(!("volumes" in worker.template) && !("dependsOn" in worker.template.containerDefinitions[0]));
});
