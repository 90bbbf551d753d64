import { rm } from "node:fs/promises";
import { createClients } from "../../packages/local-aws/src/front-door/clients.ts";
import { localUser } from "../../packages/local-aws/src/moto/identity.ts";
import { askMoto, type Call, type Operation, type OwnService } from "../../packages/local-aws/src/service.ts";
import { createServices } from "../../packages/local-aws/src/services.ts";
import { doublePlatform } from "../../packages/local-aws/test/testing/double-platform.ts";
import { noTaskDoors } from "../../packages/local-aws/test/testing/no-task-doors.ts";

export interface OwnOperations {
  /** Names by the model's folder. */
  readonly byService: ReadonlyMap<string, readonly string[]>;
  /** Services whose other operations moto answers. */
  readonly withMoto: ReadonlySet<string>;
}

/** Nobody listens there (IANA's discard): what an operation asks of other services fails at once. */
const closedPort = 9;

/** The operations of our services, as `start` makes them, that answer themselves. */
export async function ownOperations(): Promise<OwnOperations> {
  const { settings, ...platform } = await doublePlatform({ port: closedPort });
  const aws = createClients(settings);
  try {
    const services = await createServices({ ...platform, settings, aws }, noTaskDoors);
    const found = await Promise.all(services.map(async (one) => [one.model, await answering(one)] as const));
    return {
      byService: new Map(found),
      withMoto: new Set(services.filter(({ moto }) => moto).map(({ model }) => model)),
    };
  } finally {
    await rm(settings.folder, { recursive: true, force: true });
  }
}

async function answering({ model, moto, operations }: OwnService): Promise<readonly string[]> {
  const names = Object.keys(operations);
  if (!moto) return names;
  const kept = await Promise.all(
    Object.entries(operations).map(
      async ([name, operation]) => !(await leavesToMoto(model, name, operation)),
    ),
  );
  return names.filter((_name, index) => kept[index]);
}

/** An operation may only take note of a call and leave the answer to moto. */
async function leavesToMoto(service: string, operation: string, run: Operation): Promise<boolean> {
  const call: Call = {
    service,
    operation,
    accountId: "123456789012",
    region: "us-east-1",
    accessKeyId: localUser.accessKeyId,
    requestId: "",
  };
  try {
    return (await run({}, call)) === askMoto;
  } catch {
    return false;
  }
}
