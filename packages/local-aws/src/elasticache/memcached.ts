import { exec } from "../docker/exec.ts";
import { lastWords, startServer, stopServer } from "../docker/server.ts";
import type { Platform } from "../platform.ts";
import { clusterAddresses } from "./names.ts";
import type { CacheCluster } from "./state.ts";

/** A server did not start. */
class MemcachedFailed extends Error {
  override readonly name = "MemcachedFailed";
}

/** The servers behind the clusters. They keep nothing: to stop one is to remove it. */
export interface Memcached {
  /** Starts it on the network of a subnet; resolves once it answers. */
  start(cluster: CacheCluster, subnetId: string): Promise<void>;
  stop(cluster: CacheCluster): Promise<void>;
}

const patience = 60_000;
const certificate = "/local-aws/server.pem";
const key = "/local-aws/server.key";

/** Clusters as containers of `memcached:<major>.<minor>`. */
export function createMemcached(platform: Platform): Memcached {
  return {
    start: async (cluster, subnetId) => {
      await startOn(platform, cluster, subnetId);
      await untilItAnswers(platform, cluster);
    },
    stop: (cluster) => stopServer(platform.docker, nameOf(platform, cluster)),
  };
}

async function startOn(platform: Platform, cluster: CacheCluster, subnetId: string): Promise<void> {
  const { docker, settings, networks, authority } = platform;
  const { configuration, node } = clusterAddresses(cluster);
  const pair = cluster.tls ? await authority.issue([configuration, node, "localhost"]) : undefined;
  const file = (path: string, content: string) => ({ path, content, mode: 0o644 });
  await startServer(docker, settings.label, {
    name: nameOf(platform, cluster),
    image: `memcached:${cluster.engineVersion.split(".").slice(0, 2).join(".")}`,
    network: await networks.forSubnet(subnetId),
    aliases: [configuration, node],
    files: pair === undefined ? [] : [file(certificate, pair.certificate), file(key, pair.key)],
    entrypoint: ["memcached"],
    command: commandOf(cluster),
    labels: { "local-aws.elasticache": cluster.id },
  });
}

/** https://docs.memcached.org/features/tls/ */
function commandOf({ port, tls }: CacheCluster): readonly string[] {
  const secured = ["--enable-ssl", "-o", `ssl_chain_cert=${certificate},ssl_key=${key}`];
  return ["--port", String(port), ...(tls ? secured : [])];
}

/** Its image has no client, but a shell that can open the port. */
async function untilItAnswers(platform: Platform, cluster: CacheCluster): Promise<void> {
  const name = nameOf(platform, cluster);
  const argv = ["bash", "-c", `exec 3<>/dev/tcp/127.0.0.1/${cluster.port}`];
  const end = Date.now() + patience;
  for (;;) {
    const isOpen = await exec(platform.docker, name, { argv }).then(
      ({ code }) => code === 0,
      () => false,
    );
    if (isOpen) return;
    const { State } = await platform.docker.getContainer(name).inspect();
    if (!State.Running || Date.now() > end) {
      throw new MemcachedFailed(`${cluster.id} did not start: ${await lastWords(platform.docker, name)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The time in it tells a cluster from an earlier one of the same name. */
function nameOf({ settings }: Platform, { id, createdAt }: CacheCluster): string {
  return `local-aws-${settings.label.value}-cache-${id}-${Date.parse(createdAt)}`;
}
