import { startLocalAws } from "../start.ts";
import { failed } from "./failed.ts";
import { forgetInstance, instanceOf, writeInstance } from "./instance.ts";
import type { StartOptions } from "./start.ts";

/** Serves until it is told to stop: SIGINT, SIGTERM or `POST /_local/shutdown`. Tells a parent when it is ready. */
export async function serveInForeground({ port, folder, region }: StartOptions): Promise<void> {
  // One service's forgotten rejection must not take the others down with it; the log has it.
  process.on("unhandledRejection", (error) => console.error("unhandled rejection:", error));
  const asked = Promise.withResolvers<string | undefined>();
  const running = await startLocalAws({
    port,
    folder,
    ...(region === undefined ? {} : { region }),
    pid: process.pid,
    environment: process.env,
    calledFrom: process.cwd(),
    onShutdown: asked.resolve,
  });
  process.once("SIGINT", () => asked.resolve(undefined));
  process.once("SIGTERM", () => asked.resolve(undefined));
  const instance = instanceOf(running, process.pid);
  await writeInstance(instance);
  if (process.send === undefined)
    console.log(`ready at ${instance.endpoint}; Ctrl-C stops it, state is kept`);
  else process.send({ instance });
  const reason = await asked.promise;
  await running.stop();
  await forgetInstance(instance.folder);
  if (reason !== undefined) failed(reason);
  // Services may have left timers; everything that has to be on disk is.
  process.exit();
}
