import { mkdir, rm } from "node:fs/promises";
import type { Server } from "node:net";
import { dirname, join } from "node:path";
import { listenOnSocket } from "../../front-door/listen.ts";
import type { Settings } from "../../platform.ts";
import type { Task } from "../tasks/task.ts";

/** Unix sockets of one task, mounted into its pause container as a folder. */
export interface TaskSockets {
  readonly folder: string;
  close(): Promise<void>;
}

/** Name of the socket that is the endpoint, in the folder and in the pause container. */
export const doorName = "door";

/** Name of the socket that answers queries; proxies are `0`, `1` … in the order of the task's aliases. */
const resolverName = "names";

export async function openTaskSockets(
  settings: Pick<Settings, "socket">,
  task: Task,
  servers: { readonly resolver: Server; readonly proxies: readonly Server[] },
): Promise<TaskSockets> {
  const folder = join(dirname(settings.socket), `t-${task.id.slice(0, 8)}`);
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const named = [
    [resolverName, servers.resolver] as const,
    ...servers.proxies.map((proxy, index) => [String(index), proxy] as const),
  ];
  for (const [name, server] of named) {
    await listenOnSocket(server, join(folder, name));
    // Names alone keep no process alive.
    server.unref();
  }
  return {
    folder,
    close: async () => {
      for (const [, server] of named) server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A task's aliases with the loopback address that each name has there, as ECS writes them into `/etc/hosts`. */
export function addressesOf({ connect }: Task): readonly {
  readonly dnsName: string;
  readonly address: string;
  readonly port: number;
}[] {
  const names = [...new Set((connect?.aliases ?? []).map(({ dnsName }) => dnsName))];
  return (connect?.aliases ?? []).map(({ dnsName, port }) => ({
    dnsName,
    port,
    address: `127.255.0.${names.indexOf(dnsName) + 1}`,
  }));
}

/** Where a task's resolver listens; none of the names' addresses. */
export const resolverAddress = "127.255.255.53";
