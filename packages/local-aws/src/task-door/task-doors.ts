import type { Server } from "node:http";
import { closeServer, listenOnSocket } from "../front-door/listen.ts";
import type { TaskDoors } from "../service.ts";
import { createTaskDoor, type TaskDoorParts } from "./task-door.ts";

/** The doors of tasks; the services that open them are made before what stands behind them. */
export function createTaskDoors(): TaskDoors & { furnish(parts: TaskDoorParts): void } {
  const { promise, resolve } = Promise.withResolvers<TaskDoorParts>();
  return {
    furnish: resolve,
    open: async (socket, own) => {
      const server: Server = createTaskDoor(await promise, own);
      await listenOnSocket(server, socket);
      server.unref();
      return () => closeServer(server);
    },
  };
}
