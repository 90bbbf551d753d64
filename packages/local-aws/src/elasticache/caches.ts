import { exec } from "../docker/exec.ts";
import { lastWords, startServer, stopServer } from "../docker/server.ts";
import { removeVolume } from "../docker/volumes.ts";
import type { Platform } from "../platform.ts";
import { clientArguments, defaultUserRules, paths, serverFiles } from "./configuration.ts";
import { imageOf } from "./engine.ts";
import { addressesOf, memberId } from "./names.ts";
import { serverSettings } from "./parameters.ts";
import type { ParameterGroup, ReplicationGroup } from "./state.ts";

/** A server did not start, or refused a command of ours. */
class CacheFailed extends Error {
  override readonly name = "CacheFailed";
}

/** The servers behind the replication groups. */
export interface Caches {
  /** Starts primary and replicas on the network of a subnet; resolves once each answers. */
  start(group: ReplicationGroup, parameters: ParameterGroup, subnetId: string): Promise<void>;
  /** Has running servers take up tokens and parameters. */
  apply(group: ReplicationGroup, parameters: ParameterGroup): Promise<void>;
  stop(group: ReplicationGroup): Promise<void>;
  /** Stops them and removes their data. */
  remove(group: ReplicationGroup): Promise<void>;
}

const patience = 60_000;

/** Members as containers of `valkey/valkey:<major>` or `redis:<major>`, their data in volumes. */
export function createCaches(platform: Platform): Caches {
  const { docker } = platform;
  const stop = async (group: ReplicationGroup): Promise<void> => {
    await Promise.all(members(group).map((member) => stopServer(docker, nameOf(platform, group, member))));
  };
  return {
    start: async (group, parameters, subnetId) => {
      await stop(group);
      for (const member of members(group)) await startMember(platform, group, member, parameters, subnetId);
    },
    apply: async (group, parameters) => {
      for (const member of members(group)) {
        await command(platform, group, member, [
          "ACL",
          "SETUSER",
          "default",
          ...defaultUserRules(group.auth),
        ]);
        for (const [name, value] of serverSettings(parameters)) {
          await command(platform, group, member, ["CONFIG", "SET", name, value]);
        }
      }
    },
    stop,
    remove: async (group) => {
      await stop(group);
      await Promise.all(
        members(group).map((member) => removeVolume(docker, nameOf(platform, group, member))),
      );
    },
  };
}

async function startMember(
  platform: Platform,
  group: ReplicationGroup,
  member: number,
  parameters: ParameterGroup,
  subnetId: string,
): Promise<void> {
  const { docker, settings, networks, authority } = platform;
  const addresses = addressesOf(group);
  const names = [addresses.primary, addresses.reader, addresses.member(member), "localhost"];
  const pair = await authority.issue(names);
  const name = nameOf(platform, group, member);
  await startServer(docker, settings.label, {
    name,
    image: imageOf(group.engine, group.engineVersion),
    network: await networks.forSubnet(subnetId),
    aliases: aliasesOf(group, member),
    volume: { name, path: "/data" },
    files: serverFiles(group, member, parameters, { ...pair, authority: authority.certificate }),
    entrypoint: ["docker-entrypoint.sh"],
    command: [`${group.engine}-server`, paths.configuration],
    labels: { "local-aws.elasticache": group.id },
  });
  await untilItAnswers(platform, group, member);
}

/** The reader endpoint leads to the replicas, or to the primary where there are none. */
function aliasesOf(group: ReplicationGroup, member: number): readonly string[] {
  const { primary, reader, member: own } = addressesOf(group);
  const roles = [
    ...(member === 1 ? [primary] : []),
    ...(member > 1 || group.memberCount === 1 ? [reader] : []),
  ];
  return [own(member), ...roles];
}

async function untilItAnswers(platform: Platform, group: ReplicationGroup, member: number): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await command(platform, group, member, ["PING"]).catch(() => "");
    if (answer === "PONG") return;
    const name = nameOf(platform, group, member);
    const { State } = await platform.docker.getContainer(name).inspect();
    if (!State.Running || Date.now() > end) {
      throw new CacheFailed(`${group.id} did not start: ${await lastWords(platform.docker, name)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** `valkey-cli -e` ends with 1 when the server answers with an error. */
async function command(
  platform: Platform,
  group: ReplicationGroup,
  member: number,
  words: readonly string[],
): Promise<string> {
  const argv = [`${group.engine}-cli`, "-e", ...clientArguments(group), ...words];
  const name = nameOf(platform, group, member);
  const { code, output } = await exec(platform.docker, name, {
    argv,
    env: { REDISCLI_AUTH: group.operator },
  });
  if (code !== 0) throw new CacheFailed(`${group.id}: ${output.trim()}`);
  return output.trim();
}

function members({ memberCount }: ReplicationGroup): readonly number[] {
  return Array.from({ length: memberCount }, (_, index) => index + 1);
}

/** Of container and volume: the time in it tells a group from an earlier one of the same name. */
function nameOf({ settings }: Platform, group: ReplicationGroup, member: number): string {
  return `local-aws-${settings.label.value}-cache-${memberId(group.id, member)}-${Date.parse(group.createdAt)}`;
}
