import { exec } from "../docker/exec.ts";
import { beginImage } from "../docker/image.ts";
import { lastWords, startServer, stopServer } from "../docker/server.ts";
import { tarOf } from "../docker/tar.ts";
import { copyVolume, removeVolume } from "../docker/volumes.ts";
import type { Platform } from "../platform.ts";
import { ServiceError } from "../service.ts";
import { serverKind } from "./servers.ts";
import type { Instance, ParameterGroup } from "./state.ts";

/** A server did not start, or refused a command of ours. */
class DatabaseFailed extends Error {
  override readonly name = "DatabaseFailed";
}

/** The servers behind the instances. */
export interface Databases {
  /** @throws ServiceError when the image of an engine's version is neither here nor to be had */
  findImage(instance: Pick<Instance, "engine" | "major">): Promise<void>;
  /** Starts a server on the network of a subnet; resolves with its version once it answers. */
  start(instance: Instance, group: ParameterGroup, subnetId: string): Promise<string>;
  /** Makes the master user and the database, or sets the password to the verifier's. */
  setMaster(instance: Instance, verifier: string): Promise<void>;
  reload(instance: Instance, group: ParameterGroup): Promise<void>;
  stop(instance: Instance): Promise<void>;
  /** Stops it and removes its data. */
  remove(instance: Instance): Promise<void>;
  /** Copies the data of an instance, as they are at one moment. */
  save(instance: Instance, snapshot: string): Promise<void>;
  restore(snapshot: string, instance: Instance): Promise<void>;
  forget(snapshot: string): Promise<void>;
}

const patience = 120_000;

/** Instances as containers of `<engine>:<major>`, their data in volumes. */
export function createDatabases(platform: Platform): Databases {
  const { docker, settings } = platform;
  const stop = (instance: Instance): Promise<void> => stopServer(docker, containerOf(platform, instance));
  return {
    findImage: (instance) => findImage(platform, imageOf(instance)),
    start: (instance, group, subnetId) => start(platform, instance, group, subnetId),
    setMaster: async (instance, verifier) => {
      await run(platform, instance, serverKind(instance.engine).setMaster(instance, verifier));
    },
    reload: async (instance, group) => {
      const container = docker.getContainer(containerOf(platform, instance));
      const kind = serverKind(instance.engine);
      await container.putArchive(tarOf(kind.settings(instance, group)), { path: "/" });
      await run(platform, instance, kind.reload(instance, group));
    },
    stop,
    remove: async (instance) => {
      await stop(instance);
      await removeVolume(docker, volumeOf(platform, instance.resourceId));
    },
    save: (instance, snapshot) => save(platform, instance, snapshot),
    restore: (snapshot, instance) =>
      copyVolume(docker, settings.label, {
        from: volumeOf(platform, snapshot),
        to: volumeOf(platform, instance.resourceId),
        image: imageOf(instance),
        labels: { "local-aws.rds": instance.id },
      }),
    forget: (snapshot) => removeVolume(docker, volumeOf(platform, snapshot)),
  };
}

async function start(
  platform: Platform,
  instance: Instance,
  group: ParameterGroup,
  subnetId: string,
): Promise<string> {
  const { docker, settings, networks, authority } = platform;
  const kind = serverKind(instance.engine);
  await stopServer(docker, containerOf(platform, instance));
  await startServer(docker, settings.label, {
    name: containerOf(platform, instance),
    image: imageOf(instance),
    network: await networks.forSubnet(subnetId),
    aliases: [instance.address],
    volume: { name: volumeOf(platform, instance.resourceId), path: kind.dataFolder },
    files: [...kind.files(await authority.issue([instance.address])), ...kind.settings(instance, group)],
    entrypoint: kind.entrypoint,
    command: kind.command,
    env: kind.env(instance),
    labels: { "local-aws.rds": instance.id },
  });
  return untilItAnswers(platform, instance);
}

/** Resolves with the version that the server tells, `17.6` of `17.6 (Debian …)`. */
async function untilItAnswers(platform: Platform, instance: Instance): Promise<string> {
  const container = containerOf(platform, instance);
  const end = Date.now() + patience;
  for (;;) {
    const argv = serverKind(instance.engine).probe(instance);
    const answer = await exec(platform.docker, container, { argv }).catch(() => undefined);
    const version = answer?.code === 0 ? /^\d+(\.\d+)*/.exec(answer.output)?.[0] : undefined;
    if (version !== undefined) return version;
    const { State } = await platform.docker.getContainer(container).inspect();
    if (!State.Running || Date.now() > end) {
      throw new DatabaseFailed(
        `${instance.id} did not start: ${await lastWords(platform.docker, container)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function run(platform: Platform, instance: Instance, argv: readonly string[]): Promise<string> {
  const { code, output } = await exec(platform.docker, containerOf(platform, instance), { argv });
  if (code !== 0) throw new DatabaseFailed(`${instance.id}: ${output.trim()}`);
  return output;
}

/** Held still while it is copied, as a storage snapshot would find it: the engines recover from that by themselves. */
async function save(platform: Platform, instance: Instance, snapshot: string): Promise<void> {
  const { docker, settings } = platform;
  const container = docker.getContainer(containerOf(platform, instance));
  const paused = await container.pause().then(
    () => true,
    () => false,
  );
  try {
    await copyVolume(docker, settings.label, {
      from: volumeOf(platform, instance.resourceId),
      to: volumeOf(platform, snapshot),
      image: imageOf(instance),
      labels: { "local-aws.rds": instance.id },
    });
  } finally {
    if (paused) await container.unpause();
  }
}

async function findImage({ docker, log }: Platform, image: string): Promise<void> {
  const begun = await beginImage(docker, image).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      "InsufficientDBInstanceCapacity",
      `The image ${image} is not on this machine and cannot be pulled: ${reason}. Get it with \`docker pull ${image}\` where a registry can be reached.`,
    );
  });
  // Whoever starts the server waits for the image again, and says why when there is none.
  begun.here.catch((error: unknown) => log.warn(`pulling ${image} failed`, { error }));
}

function imageOf({ engine, major }: Pick<Instance, "engine" | "major">): string {
  return `${engine}:${major}`;
}

function containerOf({ settings }: Platform, { resourceId }: Instance): string {
  return `local-aws-${settings.label.value}-rds-${resourceId}`;
}

/** Of an instance (by resource id) or a snapshot (by its volume's name). */
function volumeOf({ settings }: Platform, id: string): string {
  return `local-aws-${settings.label.value}-rds-${id}`;
}
