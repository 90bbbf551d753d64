import { createHash, createHmac } from "node:crypto";
import process from "node:process";
import vm from "node:vm";
import { parentPort } from "node:worker_threads";
import { bootstrapSource } from "./function-globals.ts";
import type { FromWorker, ToWorker } from "./function-messages.ts";

/** What the current run sees and says; runs follow one another. */
interface Run {
  readonly store: ReadonlyMap<string, string> | undefined;
  readonly logs: string[];
  originId: string | undefined;
}

type Entry = (event: string) => Promise<string>;

const programs = new Map<string, Promise<Entry>>();
const sources = new Map<string, string>();
const stores = new Map<string, ReadonlyMap<string, string>>();
let run: Run = { store: undefined, logs: [], originId: undefined };

/** The host's side of what functions may call: strings in, strings out, so that no object of ours leaks inside. */
const host = {
  log: (line: string): void => {
    run.logs.push(line);
  },
  selectOrigin: (id: string): void => {
    run.originId = id;
  },
  hasStore: (): boolean => run.store !== undefined,
  read: (key: string): string | undefined => run.store?.get(key),
  count: (): number => run.store?.size ?? 0,
  hash: (algorithm: string, text: string, encoding: "hex" | "base64" | "base64url"): string =>
    createHash(algorithm).update(text).digest(encoding),
  hmac: (algorithm: string, key: string, text: string, encoding: "hex" | "base64" | "base64url"): string =>
    createHmac(algorithm, key).update(text).digest(encoding),
};

// A rejection that a function left behind would end the thread, and with it another function's run.
process.on("unhandledRejection", (reason) => host.log(`Unhandled rejection: ${String(reason)}`));

parentPort?.on("message", (message: ToWorker) => {
  if (message.kind === "program") {
    sources.set(message.key, message.code);
    programs.delete(message.key);
  } else if (message.kind === "store") {
    stores.set(message.arn, new Map(Object.entries(message.items)));
  } else {
    void perform(message).then((answer) => parentPort?.postMessage(answer));
  }
});

parentPort?.postMessage({ kind: "ready" } satisfies FromWorker);

async function perform(message: Extract<ToWorker, { kind: "run" }>): Promise<FromWorker> {
  const current: Run = { store: stores.get(message.store ?? ""), logs: [], originId: undefined };
  run = current;
  try {
    const entry = programs.get(message.key) ?? load(sources.get(message.key) ?? "");
    programs.set(message.key, entry);
    const value = await (await entry)(message.event);
    const { originId, logs } = current;
    return { kind: "returned", value, logs, ...(originId === undefined ? {} : { originId }) };
  } catch (error) {
    // An error of the function's own context is no instance of our Error.
    const { message: text = String(error) } = Object(error) as { message?: string };
    return { kind: "failed", message: text, logs: current.logs };
  }
}

/** Each program has a context of its own; its `handler` is reached through a line added behind its source. */
async function load(code: string): Promise<Entry> {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const prepare = vm.runInContext(bootstrapSource, context, { filename: "cloudfront-runtime" });
  const inside: {
    readonly modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly enter: (handler: unknown) => Entry;
  } = prepare(host);
  const main = new vm.SourceTextModule(`${code}\nexport { handler as __handler };`, {
    context,
    identifier: "function",
  });
  await main.link((specifier) => builtin(specifier, inside.modules, context));
  await main.evaluate();
  const namespace: { readonly __handler?: unknown } = main.namespace;
  return inside.enter(namespace.__handler);
}

function builtin(
  specifier: string,
  modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  context: vm.Context,
): vm.SyntheticModule {
  const found = modules[specifier];
  if (found === undefined) throw new ReferenceError(`Cannot find module ${specifier}`);
  const module = new vm.SyntheticModule(
    ["default", ...Object.keys(found)],
    () => {
      module.setExport("default", found);
      for (const [name, value] of Object.entries(found)) module.setExport(name, value);
    },
    { context, identifier: specifier },
  );
  return module;
}
