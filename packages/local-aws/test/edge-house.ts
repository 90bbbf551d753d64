import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { S3 } from "@aws-sdk/client-s3";
import { createCloudFront } from "../src/cloudfront/service.ts";
import { createLoadBalancing } from "../src/elb/service.ts";
import { createFrontDoor } from "../src/front-door/front-door.ts";
import { openModels } from "../src/front-door/models.ts";
import { serve } from "../src/front-door/own-services.ts";
import { findPython } from "../src/moto/find-python.ts";
import { startMoto } from "../src/moto/moto.ts";
import type { AwsClients, Platform, Settings } from "../src/platform.ts";
import type { HttpPlane } from "../src/service.ts";
import { systemClock } from "../src/store/clock.ts";
import { openLog } from "../src/store/log.ts";
import { openStore } from "../src/store/store.ts";

/** What an SDK client needs to speak to the house. */
export interface Access {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly port: number;
}

/** The front door, moto, load balancing and CloudFront, without Docker and the services that need it. */
export async function openEdgeHouse(t: TestContext): Promise<Access> {
  const folder = await mkdtemp(join(tmpdir(), "edge-house-"));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "test" };
  const access: Access = { endpoint, region: "us-east-1", credentials, port };
  const log = openLog(join(folder, "log"));
  const platform = platformFor(access, folder, log);
  const python = await findPython(process.env["PATH"] ?? "", folder);
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
    settings: platform.settings,
    served,
    planes,
    models,
    moto: socket,
    log,
    calls: log,
  });
  await new Promise<void>((ready) => door.listen(port, "127.0.0.1", ready));
  t.after(async () => {
    door.closeAllConnections();
    door.close();
    for (const service of services) await service.stop?.();
    await moto.stop();
    await log.close();
    await rm(folder, { recursive: true });
  });
  return access;
}

function platformFor(access: Access, folder: string, log: Platform["log"]): Platform {
  const { endpoint, region, credentials, port } = access;
  const settings: Settings = {
    host: "127.0.0.1",
    port,
    endpoint,
    folder,
    socket: join(folder, "door.sock"),
    accountId: "123456789012",
    region,
    label: { key: "local-aws", value: "test" },
  };
  const client = { endpoint, region, credentials };
  const aws: Partial<AwsClients> = {
    ec2: new EC2(client),
    elbv2: new ElasticLoadBalancingV2(client),
    s3: new S3({ ...client, forcePathStyle: true }),
  };
  const store: Platform["store"] = (name, initial) => openStore(folder, name, initial);
  // Load balancing and CloudFront use nothing else of the platform.
  return { settings, aws, clock: systemClock(), log, store } as Platform;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  await new Promise((closed) => server.close(closed));
  return address.port;
}
