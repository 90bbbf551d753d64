import { parentPort, workerData } from "node:worker_threads";
import { createEngine } from "./function-engine.ts";
import type { EngineStore } from "./function-host.ts";
import type { FromWorker, Source, ToWorker } from "./function-messages.ts";

/** What this thread was started with. */
const { limitMilliseconds }: { readonly limitMilliseconds: number } = workerData;

const sources = new Map<string, Source>();
const stores = new Map<string, EngineStore & { readonly version: string }>();
const engine = await createEngine(limitMilliseconds);

parentPort?.on("message", (message: ToWorker) => {
  if (message.kind === "program") {
    sources.set(message.key, message.source);
  } else if (message.kind === "store") {
    const { arn, version, meta, items } = message;
    stores.set(arn, { version, meta, items: new Map(Object.entries(items)) });
  } else {
    void perform(message).then((answer) => parentPort?.postMessage(answer));
  }
});

parentPort?.postMessage({ kind: "ready" } satisfies FromWorker);

function perform({ key, store: arn = "", event }: Extract<ToWorker, { kind: "run" }>): Promise<FromWorker> {
  const source = sources.get(key) ?? { runtime: "cloudfront-js-2.0", code: "" };
  const store = stores.get(arn);
  return engine.run(JSON.stringify([key, arn, store?.version]), source, store, event);
}
