import assert from "node:assert/strict";
import { test } from "node:test";
import { task } from "../testing/records.ts";
import { containerOptions } from "./container-options.ts";
import { environmentOf } from "./environment.ts";

const parts = {
  task: task("t1", { cpu: "512", memory: "1024" }),
  definition: { name: "main", image: "nginx:1" },
  environment: { A: "1", B: "x=y" },
  labels: { "local-aws": "id" },
  pauseId: "pause",
  authorities: "local-aws-id-authorities",
  volumes: new Map([["data", { name: "ecs-t1-data" }]]),
  processors: 2,
};

test("limits are the task's where the container has none", () => {
  const { HostConfig } = containerOptions(parts);
  assert.deepEqual(
    [HostConfig?.Memory, HostConfig?.MemorySwap, HostConfig?.NanoCpus, HostConfig?.NetworkMode],
    [1024 * 1024 * 1024, 1024 * 1024 * 1024, 500_000_000, "container:pause"],
  );
  const own = containerOptions({
    ...parts,
    definition: { ...parts.definition, memory: 256 },
    override: { memory: 128 },
  });
  assert.equal(own.HostConfig?.Memory, 128 * 1024 * 1024);
  assert.equal(containerOptions({ ...parts, processors: 0.25 }).HostConfig?.NanoCpus, 250_000_000);
});

test("what a definition says reaches Docker as values", () => {
  const options = containerOptions({
    ...parts,
    override: { command: ["over", "ridden arg"] },
    definition: {
      ...parts.definition,
      command: ["never"],
      entryPoint: ["/bin/entry"],
      workingDirectory: "/srv",
      user: "1000:1000",
      readonlyRootFilesystem: true,
      linuxParameters: {
        initProcessEnabled: true,
        capabilities: { drop: ["ALL"] },
        tmpfs: [
          { containerPath: "/run", size: 64 },
          { containerPath: "/tmp", size: 8, mountOptions: ["exec", "mode=1777"] },
        ],
      },
      ulimits: [{ name: "nofile", softLimit: 10, hardLimit: 20 }],
      mountPoints: [{ sourceVolume: "data", containerPath: "/data", readOnly: true }],
      healthCheck: { command: ["CMD", "true"], interval: 5, timeout: 2, retries: 4, startPeriod: 1 },
    },
  });
  const { HostConfig, Healthcheck, ...rest } = options;
  assert.deepEqual(
    [rest.Cmd, rest.Entrypoint, rest.WorkingDir, rest.User, rest.Env],
    [["over", "ridden arg"], ["/bin/entry"], "/srv", "1000:1000", ["A=1", "B=x=y"]],
  );
  assert.deepEqual(Healthcheck, {
    Test: ["CMD", "true"],
    Interval: 5_000_000_000,
    Timeout: 2_000_000_000,
    Retries: 4,
    StartPeriod: 1_000_000_000,
  });
  assert.deepEqual(
    [HostConfig?.ReadonlyRootfs, HostConfig?.Init, HostConfig?.CapDrop, HostConfig?.Ulimits],
    [true, true, ["ALL"], [{ Name: "nofile", Soft: 10, Hard: 20 }]],
  );
  assert.deepEqual(HostConfig?.Tmpfs, { "/run": "size=64m", "/tmp": "size=8m,exec,mode=1777" });
  assert.deepEqual(HostConfig?.Mounts?.at(-1), {
    Type: "volume",
    Source: "ecs-t1-data",
    Target: "/data",
    ReadOnly: true,
  });
});

test("no container gains rights, or has a mount of this machine's folders", () => {
  const { HostConfig } = containerOptions(parts);
  assert.deepEqual(HostConfig?.SecurityOpt, ["no-new-privileges"]);
  assert.deepEqual(HostConfig?.Mounts, [
    { Type: "volume", Source: "local-aws-id-authorities", Target: "/etc/local-aws", ReadOnly: true },
  ]);
});

test("a folder of a file system is mounted without what the image holds at its path", () => {
  const { HostConfig } = containerOptions({
    ...parts,
    volumes: new Map([["files", { name: "local-aws-id-fs-1", subpath: "data/a" }]]),
    definition: {
      ...parts.definition,
      mountPoints: [{ sourceVolume: "files", containerPath: "/srv/files" }],
    },
  });
  assert.deepEqual(HostConfig?.Mounts?.at(-1), {
    Type: "volume",
    Source: "local-aws-id-fs-1",
    Target: "/srv/files",
    ReadOnly: false,
    VolumeOptions: { NoCopy: true, Subpath: "data/a" },
  });
});

test("the caller's variables win over the agent's defaults, the agent's own over all", () => {
  const environment = environmentOf({
    settings: { endpoint: "http://127.0.0.1:4566", region: "eu-west-1" },
    definition: {
      environment: [
        { name: "AWS_REGION", value: "us-west-2" },
        { name: "S", value: "plain" },
      ],
    },
    override: {
      environment: [
        { name: "O", value: "over" },
        { name: "AWS_EXECUTION_ENV", value: "mine" },
      ],
    },
    secrets: { S: "secret", O: "secret" },
    imageVariables: new Set(["SSL_CERT_FILE"]),
    metadataPath: "/v4/id-0",
  });
  assert.deepEqual(environment, {
    AWS_REGION: "us-west-2",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
    NODE_EXTRA_CA_CERTS: "/etc/local-aws/authorities.pem",
    S: "secret",
    O: "over",
    AWS_EXECUTION_ENV: "AWS_ECS_FARGATE",
    ECS_CONTAINER_METADATA_URI_V4: "http://169.254.170.2/v4/id-0",
  });
});
