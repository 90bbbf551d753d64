import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { Agent } from "node:http";
import { join } from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import { S3 } from "@aws-sdk/client-s3";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { STS } from "@aws-sdk/client-sts";
import { publicObjects } from "../../src/cloudfront/edge/public-objects.ts";
import { createFrontDoor } from "../../src/front-door/front-door.ts";
import { closeServer, listenOnSocket } from "../../src/front-door/listen.ts";
import { openModels } from "../../src/front-door/models.ts";
import { openCatalogue } from "../../src/iam/calls/catalogue.ts";
import { findPython } from "../../src/moto/find-python.ts";
import { localUser } from "../../src/moto/identity.ts";
import { startMoto } from "../../src/moto/moto.ts";
import type { Clock, Log } from "../../src/platform.ts";
import { systemClock } from "../../src/store/clock.ts";
import { findKeyAt } from "../../src/task-door/key.ts";
import { createTaskDoor } from "../../src/task-door/task-door.ts";
import { testSettings } from "./test-settings.ts";

/** moto with the front door's inner side, and the door of one task. */
export interface TaskDoorHouse {
  /** Configuration of SDK clients: of the services themselves, and of a program in the task with a role's keys. */
  readonly inside: ClientConfig;
  inTask(keys: Keys): ClientConfig;
  readonly taskSocket: string;
  readonly warnings: readonly string[];
  clock: Clock;
  /** Makes a role with one policy and answers keys of a session. */
  assume(name: string, statements: readonly object[]): Promise<Keys>;
  close(): Promise<void>;
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Keys;
  readonly maxAttempts: number;
  readonly requestHandler: { readonly httpAgent: Agent };
}

const endpoint = "http://127.0.0.1:4577";

export async function openTaskDoorHouse(folder: string): Promise<TaskDoorHouse> {
  const python = await findPython({ environment: process.env, calledFrom: folder, folder });
  const motoSocket = join(folder, "moto.sock");
  const place = {
    python,
    folder: join(folder, "moto"),
    socket: motoSocket,
    log: join(folder, "moto.log"),
    region,
  };
  const moto = await startMoto(place, () => undefined);
  const warnings: string[] = [];
  const log: Log = {
    info: () => {},
    warn: (message, details) => warnings.push(`${message} ${JSON.stringify(details ?? {})}`),
  };
  const settings = testSettings(folder, { port: 4577 });
  const inside = clientOf(settings.socket, localUser);
  const s3 = new S3({ ...inside, forcePathStyle: true });
  const models = openModels(python.models);
  const parts = {
    settings,
    served: [],
    models,
    moto: motoSocket,
    isPublic: publicObjects(s3),
    corsOf: async () => [],
  };
  const house = { ...parts, planes: [], log, calls: log };
  const inner = createFrontDoor(house);
  await listenOnSocket(inner, settings.socket);
  const secrets = new SecretsManager(inside);
  const facts = {
    secretArn: async (id: string) =>
      (await secrets.describeSecret({ SecretId: id }).catch(() => undefined))?.ARN,
    rolesOf: async () => [],
  };
  const own = { claims: () => false, serve: async () => {} };
  let clock = systemClock();
  const ticking: Clock = { now: () => clock.now(), at: () => () => {}, sleep: async () => {} };
  const door = createTaskDoor(
    { house, findKey: findKeyAt(motoSocket), facts, catalogue: openCatalogue(), clock: ticking },
    own,
  );
  await mkdir(join(folder, "task"));
  const taskSocket = join(folder, "task", "door");
  door.listen(taskSocket);
  await once(door, "listening");
  const iam = new IAM(inside);
  const sts = new STS(inside);
  return {
    inside,
    taskSocket,
    warnings,
    inTask: (keys) => clientOf(taskSocket, keys),
    set clock(given: Clock) {
      clock = given;
    },
    assume: async (name, statements) => {
      await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: "{}" }).catch(() => undefined);
      await iam.putRolePolicy({
        RoleName: name,
        PolicyName: "own",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      });
      const RoleArn = `arn:aws:iam::123456789012:role/${name}`;
      const { Credentials: given } = await sts.assumeRole({ RoleArn, RoleSessionName: "task" });
      return {
        accessKeyId: given?.AccessKeyId ?? "",
        secretAccessKey: given?.SecretAccessKey ?? "",
        sessionToken: given?.SessionToken ?? "",
      };
    },
    close: async () => {
      await closeServer(door);
      await closeServer(inner);
      await moto.stop();
    },
  };
}

const region = "us-east-1";

function clientOf(socketPath: string, credentials: Keys): ClientConfig {
  const options: { socketPath: string; keepAlive: boolean } = { socketPath, keepAlive: false };
  return { endpoint, region, credentials, maxAttempts: 1, requestHandler: { httpAgent: new Agent(options) } };
}
