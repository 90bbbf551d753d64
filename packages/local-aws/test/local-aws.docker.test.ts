import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { EC2 } from "@aws-sdk/client-ec2";
import { S3 } from "@aws-sdk/client-s3";
import { STS } from "@aws-sdk/client-sts";
import { connectDocker } from "../src/docker/docker.ts";
import { labelOf } from "../src/docker/label.ts";
import { createNetworks } from "../src/docker/networks.ts";
import type { Engine } from "../src/docker-engine/engine.ts";

const program = join(import.meta.dirname, "../bin/local-aws.mjs");
const execute = promisify(execFile);

/** An instance's whole life, as a user has it on the command line. */
describe("local-aws on the command line", () => {
  let folder = "";
  let place: readonly string[] = [];
  let instance: { endpoint: string; pid: number; environment: Record<string, string> };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "life-"));
    place = ["--folder", folder];
  });
  after(async () => {
    await execute(process.execPath, [program, "reset", ...place]);
    await rm(folder, { recursive: true, force: true });
  });

  const local = async (...given: readonly string[]) =>
    (await execute(process.execPath, [program, ...given, ...place])).stdout;
  const client = () => ({
    endpoint: instance.endpoint,
    region: "us-east-1",
    credentials: {
      accessKeyId: instance.environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: instance.environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  });

  test("start says where it answers, and the caller is a user, not the account's root", async () => {
    instance = JSON.parse(await local("start", "--port", String(await freePort()), "--json"));
    const { Arn } = await new STS(client()).getCallerIdentity({});
    assert.equal(Arn, "arn:aws:iam::123456789012:user/local-aws");
    await access(instance.environment["AWS_CA_BUNDLE"] ?? "");
  });

  test("a second start finds the first, and status knows it", async () => {
    assert.equal(JSON.parse(await local("start", "--json")).pid, instance.pid);
    assert.deepEqual(JSON.parse(await local("status", "--json")), instance);
    assert.match(await local("env"), new RegExp(`^export AWS_ENDPOINT_URL='${instance.endpoint}'$`, "m"));
  });

  test("another instance cannot have its port", async () => {
    const port = new URL(instance.endpoint).port;
    const other = execute(process.execPath, [
      program,
      "start",
      "--port",
      port,
      "--folder",
      `${folder}/other`,
    ]);
    await assert.rejects(other, {
      code: 1,
      stderr: new RegExp(`port ${port} is in use; stop what listens there`),
    });
  });

  test("each VPC is a network of its own, and the same one every time", async () => {
    const docker = await connectDocker(process.env, process.platform);
    const ec2 = new EC2(client());
    const { Vpc } = await ec2.createVpc({ CidrBlock: "10.7.0.0/16" });
    const VpcId = Vpc?.VpcId ?? "";
    const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: "10.7.1.0/24" });
    const networks = createNetworks(docker, ec2, labelOf(folder));
    const names = await Promise.all([
      networks.forVpc(VpcId),
      networks.forVpc(VpcId),
      networks.forSubnet(Subnet?.SubnetId ?? ""),
    ]);
    assert.equal(new Set(names).size, 1);
    assert.equal((await mine(docker)).length, 1);
    await assert.rejects(networks.forSubnet("subnet-0"), { name: /InvalidSubnetID/ });
  });

  test("what was made is there after stop and start", async () => {
    await new S3({ ...client(), forcePathStyle: true }).createBucket({ Bucket: "kept-bucket" });
    await local("stop");
    await assert.rejects(local("status"), { code: 1 });
    instance = JSON.parse(await local("start", "--port", new URL(instance.endpoint).port, "--json"));
    const { Buckets } = await new S3({ ...client(), forcePathStyle: true }).listBuckets({});
    assert.deepEqual(
      Buckets?.map(({ Name }) => Name),
      ["kept-bucket"],
    );
  });

  test("reset leaves no process, no network and no folder", async () => {
    await local("reset");
    assert.deepEqual(await mine(await connectDocker(process.env, process.platform)), []);
    await assert.rejects(access(folder));
    assert.throws(() => process.kill(instance.pid, 0));
  });

  const mine = (docker: Engine) => docker.listNetworks({ label: [`local-aws=${labelOf(folder).value}`] });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
