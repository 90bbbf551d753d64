import { chmod } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import { openAuthority } from "./certificates/authority.ts";
import { caBundle } from "./certificates/bundle.ts";
import { publicObjects } from "./cloudfront/edge/public-objects.ts";
import { createNetworks, removeForsaken } from "./docker/networks.ts";
import type { Engine } from "./docker-engine/engine.ts";
import { bucketCors } from "./front-door/bucket-rules.ts";
import { createClients } from "./front-door/clients.ts";
import { createFaults } from "./front-door/faults.ts";
import { createFrontDoor } from "./front-door/front-door.ts";
import { closeServer, listenOnPort, listenOnSocket } from "./front-door/listen.ts";
import { createLocalPage } from "./front-door/local-page.ts";
import { openModels } from "./front-door/models.ts";
import { serve } from "./front-door/own-services.ts";
import { openToken } from "./front-door/token.ts";
import type { House } from "./front-door/visit.ts";
import { openCatalogue } from "./iam/calls/catalogue.ts";
import type { Python } from "./moto/find-python.ts";
import { type Moto, motoSocket, startMoto } from "./moto/moto.ts";
import type { Log, Platform, Settings } from "./platform.ts";
import type { Casualty, OwnService } from "./service.ts";
import { createServices } from "./services.ts";
import { writeAtomically } from "./store/atomic-file.ts";
import { systemClock } from "./store/clock.ts";
import { type FileLog, openLog } from "./store/log.ts";
import { openStore } from "./store/store.ts";
import { askedOf } from "./task-door/facts.ts";
import { findKeyAt } from "./task-door/key.ts";
import { createTaskDoors } from "./task-door/task-doors.ts";

/** What the house stands on. */
export interface Ground {
  readonly settings: Settings;
  readonly python: Python;
  readonly docker: Engine;
  /** Of the process that serves. */
  readonly pid: number;
  /** The PATH, and the files that name certificate authorities. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when `POST /_local/shutdown` asks for the end, and with the reason when moto ended unasked. */
  readonly onShutdown: (reason?: string) => void;
}

export interface OpenHouse {
  /** PEM file with the local authority and those the machine trusted before. */
  readonly caBundle: string;
  /** What `/_local` asks for. */
  readonly token: string;
}

/** Everything that is open while we run, and is closed in the reverse order. */
export type Closing = () => Promise<unknown>;

/** Opens log, services, doors and moto, each added to what is to be closed. */
export async function openHouse(asked: Ground, closings: Closing[]): Promise<OpenHouse> {
  const { settings, python, docker } = asked;
  const log = opened(closings, openLog(join(settings.folder, "log/local-aws.log")), (each) => each.close());
  const platform = await createPlatform(settings, docker, log);
  const bundle = await writeBundle(asked, platform);
  const token = await openToken(settings.folder, writeAtomically);
  const doors = createTaskDoors();
  const services = await createServices(platform, doors);
  const house = await furnish({ ...asked, token }, platform, services, closings);
  doors.furnish({
    house,
    findKey: findKeyAt(house.moto),
    facts: askedOf(platform),
    catalogue: openCatalogue(),
    clock: platform.clock,
  });
  await openDoors(house, closings);
  await startMotoFor(asked, house, closings);
  closings.push(() => stopServices(services, log));
  for (const service of services) await service.start?.();
  log.info("ready", { endpoint: settings.endpoint, moto: python.motoVersion });
  return { caBundle: bundle, token };
}

async function createPlatform(settings: Settings, docker: Engine, log: FileLog): Promise<Platform> {
  const aws = createClients(settings);
  return {
    settings,
    docker,
    aws,
    networks: createNetworks(docker, aws.ec2, settings.label),
    authority: await openAuthority(join(settings.folder, "certificates"), writeAtomically),
    clock: systemClock(),
    log,
    store: (name, initial) => openStore(join(settings.folder, "stores"), name, initial),
  };
}

async function writeBundle({ environment }: Ground, platform: Platform): Promise<string> {
  const path = join(platform.settings.folder, "ca-bundle.pem");
  await writeAtomically(path, await caBundle(platform.authority.certificate, environment, path));
  // Whoever must trust us may be another user of this machine; there is no secret in it.
  await chmod(path, 0o644);
  return path;
}

async function furnish(
  asked: Ground & { readonly token: string },
  platform: Platform,
  services: readonly OwnService[],
  closings: Closing[],
): Promise<House> {
  const { settings, log } = platform;
  const { endpoint, folder, region, accountId } = settings;
  const names = services.map(({ model }) => model);
  const status = { endpoint, folder, region, accountId, pid: asked.pid, services: names };
  const faults = createFaults();
  const kill = (casualty: Casualty) => killIn(services, casualty);
  const page = createLocalPage(status, asked.token, { shutdown: () => asked.onShutdown(), faults, kill });
  return {
    faults,
    settings,
    served: await serve(services, asked.python.models),
    planes: [...services.flatMap(({ planes }) => planes ?? []), page],
    models: openModels(asked.python.models),
    moto: motoSocket(settings),
    isPublic: publicObjects(platform.aws.s3),
    corsOf: bucketCors(platform.aws.s3),
    log,
    calls: opened(closings, openLog(join(folder, "log/calls.log")), (each) => each.close()),
    answered: (service, operation) => {
      if (service === "ec2" && operation === "DeleteVpc") void forgetNetworks(platform);
    },
  };
}

async function killIn(services: readonly OwnService[], casualty: Casualty): Promise<readonly string[]> {
  const killed = await Promise.all(services.map(async (each) => (await each.kill?.(casualty)) ?? []));
  return killed.flat();
}

/** moto removes a VPC without a word to us. */
async function forgetNetworks({ docker, aws, settings, log }: Platform): Promise<void> {
  await removeForsaken(docker, aws.ec2, settings.label).catch((cause: unknown) =>
    log.warn("A network of a removed VPC stays for now", { cause: String(cause) }),
  );
}

/** The port first: it says soonest that another instance runs. */
async function openDoors(house: House, closings: Closing[]): Promise<void> {
  const onPort = opened(closings, createFrontDoor(house), closeServer);
  await listenOnPort(onPort, house.settings);
  const { faults: _ofCallers, ...inside } = house;
  const onSocket = opened(closings, createFrontDoor(inside), closeServer);
  await listenOnSocket(onSocket, house.settings.socket);
}

async function startMotoFor(
  { python, onShutdown }: Ground,
  house: House,
  closings: Closing[],
): Promise<void> {
  const { folder, region } = house.settings;
  const log = join(folder, "log/moto.log");
  const place = { python, folder: join(folder, "moto"), socket: house.moto, log, region };
  const moto: Moto = await startMoto(place, () => onShutdown(`moto ended; its log is ${log}`));
  closings.push(moto.stop);
}

function opened<T extends Server | FileLog>(
  closings: Closing[],
  value: T,
  close: (value: T) => Promise<void>,
): T {
  closings.push(() => close(value));
  return value;
}

/** One service that cannot stop must not keep the others from it. */
async function stopServices(services: readonly OwnService[], log: Log): Promise<void> {
  for (const service of services.toReversed()) {
    await service.stop?.().catch((error: unknown) => log.warn(`${service.model} did not stop`, { error }));
  }
}
