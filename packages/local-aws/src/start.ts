import { chmod, mkdir } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { openAuthority } from "./certificates/authority.ts";
import { caBundle } from "./certificates/bundle.ts";
import { publicObjects } from "./cloudfront/edge/public-objects.ts";
import { createCloudFront } from "./cloudfront/service.ts";
import { connectDocker } from "./docker/docker.ts";
import { labelOf } from "./docker/label.ts";
import { createNetworks, removeForsaken } from "./docker/networks.ts";
import { createEcr } from "./ecr/service.ts";
import { createEcs } from "./ecs/service.ts";
import { createEfs } from "./efs/service.ts";
import { createElastiCache } from "./elasticache/service.ts";
import { createLoadBalancing } from "./elb/service.ts";
import { createClients } from "./front-door/clients.ts";
import { createFaults } from "./front-door/faults.ts";
import { createFrontDoor, type House } from "./front-door/front-door.ts";
import { closeServer, listenOnPort, listenOnSocket } from "./front-door/listen.ts";
import { createLocalPage } from "./front-door/local-page.ts";
import { openModels } from "./front-door/models.ts";
import { serve } from "./front-door/own-services.ts";
import { openToken } from "./front-door/token.ts";
import { findPython, type Python } from "./moto/find-python.ts";
import { createIdentity } from "./moto/identity.ts";
import { type Moto, startMoto } from "./moto/moto.ts";
import type { Log, Platform, Settings } from "./platform.ts";
import { createRds } from "./rds/service.ts";
import { createScheduler } from "./scheduler/service.ts";
import type { Casualty, OwnService } from "./service.ts";
import { writeAtomically } from "./store/atomic-file.ts";
import { systemClock } from "./store/clock.ts";
import { type FileLog, openLog } from "./store/log.ts";
import { openStore } from "./store/store.ts";
import { askMotoForTags } from "./tagging/moto-tags.ts";
import { createTagging } from "./tagging/service.ts";

export interface StartSettings {
  readonly port: number;
  readonly folder: string;
  readonly region?: string;
  /** Of the process that serves. */
  readonly pid: number;
  /** The PATH, and the files that name certificate authorities. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when `POST /_local/shutdown` asks for the end, and with the reason when moto ended unasked. */
  readonly onShutdown: (reason?: string) => void;
}

export interface LocalAws {
  readonly settings: Settings;
  /** PEM file with the local authority and those the machine trusted before. */
  readonly caBundle: string;
  /** What `/_local` asks for. */
  readonly token: string;
  /** Ends what runs, in order; state is kept. */
  stop(): Promise<void>;
}

/** Everything that is open while we run, and is closed in the reverse order. */
type Closing = () => Promise<unknown>;

/**
 * Starts everything on one port and resolves once it answers.
 * @throws DockerMissing, MotoMissing, MotoFailed, PortTaken
 */
export async function startLocalAws(asked: StartSettings): Promise<LocalAws> {
  const settings = settingsOf(asked);
  await mkdir(settings.folder, { recursive: true, mode: 0o700 });
  const closings: Closing[] = [];
  const stop = () => closeAll(closings);
  try {
    return { settings, ...(await open(asked, settings, closings)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function settingsOf({ port, folder, region }: StartSettings): Settings {
  const absolute = resolve(folder);
  const label = labelOf(absolute);
  return {
    host: "127.0.0.1",
    port,
    endpoint: `http://127.0.0.1:${port}`,
    folder: absolute,
    socket: join(socketFolder(absolute, label.value), "front-door.sock"),
    accountId: "123456789012",
    region: region ?? "us-east-1",
    label,
  };
}

/** A folder of their own, so that it can be mounted and outlive the sockets. Their paths end at 107 bytes (unix(7)). */
function socketFolder(folder: string, id: string): string {
  const inside = join(folder, "sockets");
  return Buffer.byteLength(inside) <= 85 ? inside : join(tmpdir(), `local-aws-${id}`);
}

async function open(
  asked: StartSettings,
  settings: Settings,
  closings: Closing[],
): Promise<Pick<LocalAws, "caBundle" | "token">> {
  const python = await findPython(asked.environment["PATH"] ?? "", settings.folder);
  const log = opened(closings, openLog(join(settings.folder, "log/local-aws.log")), (each) => each.close());
  const platform = await createPlatform(settings, log);
  const bundle = await writeBundle(asked, platform);
  const token = await openToken(settings.folder, writeAtomically);
  const services = await createServices(platform);
  const house = await furnish({ ...asked, token }, platform, services, python, closings);
  await openDoors(house, closings);
  await startMotoFor(asked, house, python, closings);
  closings.push(() => stopServices(services, log));
  for (const service of services) await service.start?.();
  log.info("ready", { endpoint: settings.endpoint, moto: python.motoVersion });
  return { caBundle: bundle, token };
}

async function createPlatform(settings: Settings, log: FileLog): Promise<Platform> {
  const docker = await connectDocker();
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

async function writeBundle({ environment }: StartSettings, platform: Platform): Promise<string> {
  const path = join(platform.settings.folder, "ca-bundle.pem");
  await writeAtomically(path, await caBundle(platform.authority.certificate, environment, path));
  // Whoever must trust us may be another user of this machine; there is no secret in it.
  await chmod(path, 0o644);
  return path;
}

/** Our services, in the order in which they start and in which their planes are asked. */
export async function createServices(platform: Platform): Promise<readonly OwnService[]> {
  const services = await createTaggedServices(platform);
  return [...services, createTagging(services, askMotoForTags(motoSocket(platform.settings)))];
}

async function createTaggedServices(platform: Platform): Promise<readonly OwnService[]> {
  const balancing = await createLoadBalancing(platform);
  return [
    ...(await createCloudFront(platform, balancing.router)),
    balancing,
    await createRds(platform),
    await createElastiCache(platform),
    await createEfs(platform),
    // After the databases, as tasks stop before them; before the registry, whose paths begin as those of credentials do.
    await createEcs(platform),
    await createEcr(platform),
    await createScheduler(platform),
    createIdentity(platform.settings),
  ];
}

async function furnish(
  asked: StartSettings & { readonly token: string },
  platform: Platform,
  services: readonly OwnService[],
  python: Python,
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
    served: await serve(services, python.models),
    planes: [...services.flatMap(({ planes }) => planes ?? []), page],
    models: openModels(python.models),
    moto: motoSocket(settings),
    isPublic: publicObjects(platform.aws.s3),
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

function motoSocket({ socket }: Settings): string {
  return join(dirname(socket), "moto.sock");
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
  asked: StartSettings,
  house: House,
  python: Python,
  closings: Closing[],
): Promise<void> {
  const { folder, region } = house.settings;
  const log = join(folder, "log/moto.log");
  const place = { python, folder: join(folder, "moto"), socket: house.moto, log, region };
  const moto: Moto = await startMoto(place, () => asked.onShutdown(`moto ended; its log is ${log}`));
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

async function closeAll(closings: Closing[]): Promise<void> {
  for (let close = closings.pop(); close !== undefined; close = closings.pop()) await close();
}
