import { randomBytes } from "node:crypto";
import { exec } from "../docker/exec.ts";
import { lastWords, startServer, stopServer } from "../docker/server.ts";
import { tarOf } from "../docker/tar.ts";
import { copyVolume, removeVolume } from "../docker/volumes.ts";
import type { Platform } from "../platform.ts";
import { paths, serverFiles, settingFiles } from "./configuration.ts";
import type { Instance, ParameterGroup } from "./state.ts";

/** A PostgreSQL server did not start, or refused a command of ours. */
class DatabaseFailed extends Error {
  override readonly name = "DatabaseFailed";
}

/** The servers behind the instances. */
export interface Databases {
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

/** Instances as containers of `postgres:<major>`, their data in volumes. */
export function createDatabases(platform: Platform): Databases {
  const { docker, settings } = platform;
  const stop = (instance: Instance): Promise<void> => stopServer(docker, containerOf(platform, instance));
  return {
    start: (instance, group, subnetId) => start(platform, instance, group, subnetId),
    setMaster: (instance, verifier) => setMaster(platform, instance, verifier),
    reload: async (instance, group) => {
      const container = docker.getContainer(containerOf(platform, instance));
      await container.putArchive(tarOf(settingFiles(instance.port, group)), { path: "/" });
      await run(platform, instance, psql(instance, "--command", "SELECT pg_reload_conf()"));
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
  await stopServer(docker, containerOf(platform, instance));
  await startServer(docker, settings.label, {
    name: containerOf(platform, instance),
    image: imageOf(instance),
    network: await networks.forSubnet(subnetId),
    aliases: [instance.address],
    volume: { name: volumeOf(platform, instance.resourceId), path: "/var/lib/postgresql/data" },
    files: [...serverFiles(await authority.issue([instance.address])), ...settingFiles(instance.port, group)],
    entrypoint: [paths.start],
    command: ["postgres", "-c", `config_file=${paths.configuration}`],
    env: {
      PGDATA: "/var/lib/postgresql/data",
      PGPORT: String(instance.port),
      POSTGRES_USER: "rdsadmin",
      // Asked for by the image and used by nobody: rdsadmin is refused over the network.
      POSTGRES_PASSWORD: randomBytes(24).toString("hex"),
    },
    labels: { "local-aws.rds": instance.id },
  });
  return untilItAnswers(platform, instance);
}

/** The server that the image runs while it makes the files listens on its socket alone; hence the network is asked. */
async function untilItAnswers(platform: Platform, instance: Instance): Promise<string> {
  const container = containerOf(platform, instance);
  const end = Date.now() + patience;
  for (;;) {
    const ready = ["pg_isready", "--host", "127.0.0.1", "--port", String(instance.port)];
    const answer = await exec(platform.docker, container, { argv: ready }).catch(() => undefined);
    if (answer?.code === 0) return version(platform, instance);
    const { State } = await platform.docker.getContainer(container).inspect();
    if (!State.Running || Date.now() > end) {
      throw new DatabaseFailed(
        `${instance.id} did not start: ${await lastWords(platform.docker, container)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** `SHOW server_version` answers `17.6 (Debian …)`. */
async function version(platform: Platform, instance: Instance): Promise<string> {
  const output = await run(platform, instance, psql(instance, "--command", "SHOW server_version"));
  return /^\d+(\.\d+)*/.exec(output)?.[0] ?? instance.engineVersion;
}

async function setMaster(platform: Platform, instance: Instance, verifier: string): Promise<void> {
  const variables = { master: instance.masterUsername, verifier, database: instance.dbName ?? "" };
  const settings = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
  await run(platform, instance, psql(instance, ...settings, "--file", paths.master));
}

function psql(instance: Instance, ...args: readonly string[]): readonly string[] {
  const connection = ["--username", "rdsadmin", "--dbname", "postgres", "--port", String(instance.port)];
  return ["psql", "--no-psqlrc", "-AtX", "--variable", "ON_ERROR_STOP=1", ...connection, ...args];
}

async function run(platform: Platform, instance: Instance, argv: readonly string[]): Promise<string> {
  const { code, output } = await exec(platform.docker, containerOf(platform, instance), { argv });
  if (code !== 0) throw new DatabaseFailed(`${instance.id}: ${output.trim()}`);
  return output;
}

/** Held still while it is copied, as a storage snapshot would find it: PostgreSQL recovers from that by itself. */
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

function imageOf({ major }: Instance): string {
  return `postgres:${major}`;
}

function containerOf({ settings }: Platform, { resourceId }: Instance): string {
  return `local-aws-${settings.label.value}-rds-${resourceId}`;
}

/** Of an instance (by resource id) or a snapshot (by its volume's name). */
function volumeOf({ settings }: Platform, id: string): string {
  return `local-aws-${settings.label.value}-rds-${id}`;
}
