import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { S3 } from "@aws-sdk/client-s3";
import { publicObjects } from "../../src/cloudfront/edge/public-objects.ts";
import { bucketCors } from "../../src/front-door/bucket-rules.ts";
import { createFrontDoor } from "../../src/front-door/front-door.ts";
import { closeServer } from "../../src/front-door/listen.ts";
import { openModels } from "../../src/front-door/models.ts";
import { findPython } from "../../src/moto/find-python.ts";
import { localUser } from "../../src/moto/identity.ts";
import { startMoto } from "../../src/moto/moto.ts";
import type { Log } from "../../src/platform.ts";
import { testSettings } from "./test-settings.ts";

export interface MotoHouse {
  readonly endpoint: string;
  /** What was warned of. */
  readonly warnings: readonly string[];
  readonly motoLog: string;
  close(): Promise<void>;
}

/** moto behind the front door, with no service of our own; its state is in the folder. */
export async function openMotoHouse(folder: string): Promise<MotoHouse> {
  const python = await findPython({ environment: process.env, calledFrom: folder, folder });
  const socket = join(folder, "moto.sock");
  const motoLog = join(folder, "moto.log");
  const place = { python, folder: join(folder, "moto"), socket, log: motoLog, region: "us-east-1" };
  const moto = await startMoto(place, () => assert.fail("moto ended"));
  const warnings: string[] = [];
  const log: Log = { info: () => {}, warn: (message) => warnings.push(message) };
  const models = openModels(python.models);
  const settings = testSettings(folder);
  const s3 = () => new S3({ endpoint, region: "us-east-1", forcePathStyle: true, credentials: localUser });
  let endpoint = "";
  const door = createFrontDoor({
    settings,
    served: [],
    planes: [],
    models,
    moto: socket,
    isPublic: (bucket, key) => publicObjects(s3())(bucket, key),
    corsOf: (bucket) => bucketCors(s3())(bucket),
    log,
    calls: log,
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  assert.ok(typeof address === "object" && address !== null);
  endpoint = `http://127.0.0.1:${address.port}`;
  return {
    endpoint,
    warnings,
    motoLog,
    close: async () => {
      await closeServer(door);
      await moto.stop();
    },
  };
}
