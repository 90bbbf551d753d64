import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment, Volume, Web } from "../app/application.ts";
import { address } from "../terraform/block.ts";
import { addressesOf, look, rootOf, statementsOf } from "./testing/look.ts";
import { shopEnvironmentStack } from "./testing/shop.ts";
import { preview, production, withService } from "./testing/vary.ts";

const files: Volume = { type: "volume", name: "api", backups: true, throughput: "elastic", reason: "" };

/** The shop with a volume that has a service's name. */
function withVolume(
  change: Partial<Web> = {},
  volume: Partial<Volume> = {},
  base?: Environment,
): Environment {
  const mounts = [{ volume: "api", path: "/srv/files", readOnly: false }];
  const reader = [{ volume: "api", path: "/from", readOnly: true, subpath: "a/b" }];
  const environment = withService(
    "worker",
    { mounts: reader },
    withService<Web>("api", { mounts, ...change }, base),
  );
  return { ...environment, resources: [...environment.resources, { ...files, ...volume }] };
}

const stack = shopEnvironmentStack(withVolume());

function named(type: string, at = stack): readonly string[] {
  return addressesOf(at, `${type}.`).map((one) => one.slice(type.length + 1));
}

test("a volume is an encrypted file system that is backed up and reached in each zone", () => {
  const [name = ""] = named("aws_efs_file_system");
  const system = look(stack, `aws_efs_file_system.${name}`);
  assert.deepEqual([system.encrypted, system.throughput_mode], [true, "elastic"]);
  assert.equal(system.lifecycle.prevent_destroy, true);
  assert.deepEqual(look(stack, `aws_efs_backup_policy.${name}`).backup_policy, { status: "ENABLED" });
  const targets = named("aws_efs_mount_target").map((one) => look(stack, `aws_efs_mount_target.${one}`));
  assert.deepEqual(
    targets.map((one) => one.subnet_id),
    ["subnet-0cc0000000000000a", "subnet-0cc0000000000000b"],
  );
});

test("each folder that is mounted has a door, which imposes no user", () => {
  const points = named("aws_efs_access_point").map((one) => look(stack, `aws_efs_access_point.${one}`));
  assert.deepEqual(points.map((one) => one.root_directory.path).sort(), ["/data", "/data/a/b"]);
  assert.ok(points.every((one) => one.posix_user === undefined));
});

test("law 4: a service comes in by its own doors, and only writers write", () => {
  const clientActions = (service: string, at = stack) =>
    statementsOf(look(at, `aws_iam_role_policy.task_${service}`).policy)
      .filter((one) => JSON.stringify(one).includes("elasticfilesystem"))
      .map((one) => one.Action);
  const [mount, write, root] = ["Mount", "Write", "RootAccess"].map(
    (one) => `elasticfilesystem:Client${one}`,
  );
  assert.deepEqual(clientActions("api"), [[mount, write, root]]);
  assert.deepEqual(clientActions("worker"), [[mount, root]]);
  assert.deepEqual(clientActions("api", shopEnvironmentStack(withVolume({ user: "1000:1000" }))), [
    [mount, write],
  ]);
});

test("a task mounts by access point, over TLS, by its role", () => {
  const { template } = rootOf(stack).output.freehold.value.services.worker;
  const [volume] = template.volumes;
  assert.equal(volume.efsVolumeConfiguration.transitEncryption, "ENABLED");
  assert.equal(volume.efsVolumeConfiguration.authorizationConfig.iam, "ENABLED");
  assert.deepEqual(template.containerDefinitions[0].mountPoints, [
    { sourceVolume: volume.name, containerPath: "/from", readOnly: true },
  ]);
  const { report } = rootOf(stack).output.freehold.value.services;
  assert.ok(!("volumes" in report.template) && !("mountPoints" in report.template.containerDefinitions[0]));
});

test("what writes alone is stopped before it is replaced, and never on spare capacity", () => {
  const rolling = (at = stack) => {
    const service = look(at, "aws_ecs_service.api");
    return [service.deployment_minimum_healthy_percent, service.deployment_maximum_percent];
  };
  assert.deepEqual(rolling(), [0, 100]);
  assert.deepEqual(rolling(shopEnvironmentStack(withVolume({ shared: true }))), [100, 200]);
  const provider = (service: string) =>
    look(shopEnvironmentStack(withVolume({}, {}, preview)), `aws_ecs_service.${service}`)
      .capacity_provider_strategy[0].capacity_provider;
  assert.deepEqual([provider("api"), provider("worker")], ["FARGATE", "FARGATE_SPOT"]);
});

test("law 2: no setting of a volume or its users makes another file system or door", () => {
  const identities = (environment: Environment) =>
    shopEnvironmentStack(environment)
      .blocks.filter(({ type }) => /^aws_efs_(file_system|access_point|mount_target)$/.test(type))
      .map(({ args, ...block }) => [
        address({ args, ...block }),
        JSON.stringify([
          args["creation_token"],
          args["encrypted"],
          args["root_directory"],
          args["subnet_id"],
        ]),
      ]);
  const before = identities(withVolume());
  const changes = [
    withVolume({ user: "1000" }),
    withVolume({ shared: true }),
    withVolume({}, { throughput: "bursting", backups: false }),
  ];
  for (const changed of changes) assert.deepEqual(identities(changed), before);
});

test("a preview's volume is nobody's to keep; production's is", () => {
  const guard = (base: Environment) => {
    const at = shopEnvironmentStack(withVolume({}, {}, base));
    return look(at, `aws_efs_file_system.${named("aws_efs_file_system", at)[0]}`).lifecycle?.prevent_destroy;
  };
  assert.deepEqual([guard(preview), guard(production)], [undefined, true]);
});
