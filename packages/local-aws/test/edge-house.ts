import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { S3 } from "@aws-sdk/client-s3";
import { createCloudFront } from "../src/cloudfront/service.ts";
import { createLoadBalancing } from "../src/elb/service.ts";
import { bucketCors } from "../src/front-door/bucket-rules.ts";
import { createFrontDoor } from "../src/front-door/front-door.ts";
import { openModels } from "../src/front-door/models.ts";
import { serve } from "../src/front-door/own-services.ts";
import { findPython } from "../src/moto/find-python.ts";
import { startMoto } from "../src/moto/moto.ts";
import type { AwsClients } from "../src/platform.ts";
import type { HttpPlane } from "../src/service.ts";
import { doublePlatform } from "./testing/double-platform.ts";

/** What an SDK client needs to speak to the house. */
export interface Access {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly port: number;
}

/** The front door, moto, load balancing and CloudFront, without Docker and the services that need it. */
export async function openEdgeHouse(t: TestContext): Promise<Access> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "test" };
  const access: Access = { endpoint, region: "us-east-1", credentials, port };
  const platform = await doublePlatform({ port, aws: clientsFor(access) });
  const { settings, log } = platform;
  const { folder } = settings;
  const python = await findPython({ environment: process.env, calledFrom: folder, folder });
  const socket = join(folder, "moto.sock");
  const place = {
    python,
    folder: join(folder, "moto"),
    socket,
    log: join(folder, "moto.log"),
    region: "us-east-1",
  };
  const moto = await startMoto(place, () => assert.fail("moto ended"));
  const balancing = await createLoadBalancing(platform);
  const services = [balancing, ...(await createCloudFront(platform, balancing.router))];
  const planes: readonly HttpPlane[] = services.flatMap((service) => service.planes ?? []).reverse();
  const served = await serve(services, python.models);
  const models = openModels(python.models);
  const door = createFrontDoor({
    settings,
    served,
    planes,
    models,
    moto: socket,
    isPublic: async () => false,
    corsOf: bucketCors(platform.aws.s3),
    log,
    calls: log,
  });
  await new Promise<void>((ready) => door.listen(port, "127.0.0.1", ready));
  t.after(async () => {
    door.closeAllConnections();
    door.close();
    for (const service of services) await service.stop?.();
    await moto.stop();
    await rm(folder, { recursive: true });
  });
  return access;
}

function clientsFor({ endpoint, region, credentials }: Access): Partial<AwsClients> {
  const client = { endpoint, region, credentials };
  return {
    ec2: new EC2(client),
    elbv2: new ElasticLoadBalancingV2(client),
    s3: new S3({ ...client, forcePathStyle: true }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  await new Promise((closed) => server.close(closed));
  return address.port;
}
