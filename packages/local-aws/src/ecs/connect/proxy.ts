import { connect, createServer, type Server, type Socket } from "node:net";
import type { Log } from "../../platform.ts";
import type { EcsStore } from "../state.ts";
import type { Alias } from "../tasks/membership.ts";
import type { Task } from "../tasks/task.ts";
import type { Admission } from "./admission.ts";
import { type Endpoint, endpointsOf } from "./endpoints.ts";

export interface ProxyParts {
  readonly store: EcsStore;
  readonly admission: Admission;
  readonly log: Log;
}

/**
 * What stands behind one alias of one task: each new connection goes to the next task that answers the name at that moment, as
 * Service Connect balances them. Bytes are passed as they come: without a protocol named, AWS's proxy does no more.
 */
export function createProxy({ store, admission, log }: ProxyParts, task: Task, alias: Alias): Server {
  let turn = 0;
  const next = (): Endpoint | undefined => {
    const all = endpointsOf(store.get(), task.connect?.namespace ?? "", alias.discoveryName);
    return all[turn++ % Math.max(all.length, 1)];
  };
  const serve = async (client: Socket): Promise<void> => {
    const endpoint = next();
    if (endpoint !== undefined && (await admission(task, endpoint))) return join(client, endpoint);
    if (endpoint !== undefined) {
      log.warn("Service Connect: no security-group rule lets a task in", {
        from: task.group,
        to: endpoint.task.group,
        port: endpoint.port,
      });
    }
    client.destroy();
  };
  // Until the other end is known, nothing that the client says is lost.
  const options = { allowHalfOpen: true, pauseOnConnect: true };
  return createServer(options, (client) => {
    client.on("error", () => client.destroy());
    serve(client).catch(() => client.destroy());
  });
}

function join(client: Socket, { address, port }: Endpoint): void {
  const server = connect({ host: address, port, allowHalfOpen: true });
  server.on("error", () => client.destroy());
  client.on("close", () => server.destroy());
  server.on("connect", () => {
    client.pipe(server);
    server.pipe(client);
  });
}
