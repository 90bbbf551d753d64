import { readFile } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";
import base from "@jitl/quickjs-wasmfile-release-sync";
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSSyncVariant,
} from "quickjs-emscripten-core";
import type { EngineStore, Run } from "./function-host.ts";
import { createMachine, type IsOver, type Loaded, type Machine, memoryPages } from "./function-machine.ts";
import type { LinearMemory } from "./function-memory.ts";
import type { RunAnswer, Source } from "./function-messages.ts";

/**
 * QuickJS in WebAssembly, in which the code of CloudFront functions runs. It has no way to the process: its memory is an
 * array of bytes, and what crosses is text.
 */
export interface Engine {
  /** `key` changes with the source and with what the store holds. */
  run(key: string, source: Source, store: EngineStore | undefined, event: string): Promise<RunAnswer>;
}

/** What the source of a function became (a text: the error that it ended with), and what it logged. */
interface Evaluated {
  readonly became: Loaded | string;
  readonly logs: readonly string[];
}

/** Each takes about one megabyte; the one that was used least recently goes. */
const mostFunctions = 32;

/** `limitMilliseconds` is processor time of the thread, for evaluating a source and for each call. */
export async function createEngine(limitMilliseconds: number): Promise<Engine> {
  const wasmModule = await compiled();
  const kept = new Map<string, Evaluated>();
  const open = async (): Promise<Machine> =>
    warm(createMachine(await newQuickJSWASMModuleFromVariant(variantOf(wasmModule))));
  let machine = await open();
  return {
    run: async (key, source, store, event) => {
      const run: Run = { source, store, logs: [], originId: undefined };
      let watch = stopwatch(limitMilliseconds);
      try {
        const evaluated = kept.get(key) ?? evaluate(machine, run, watch.isOver);
        // Put back behind the others; what took too long is not kept.
        kept.delete(key);
        if (watch.isOver()) return rendered("!", run, watch.milliseconds(), limitMilliseconds);
        keep(kept, key, evaluated);
        run.logs.splice(0, run.logs.length, ...evaluated.logs);
        watch = stopwatch(limitMilliseconds);
        const { became } = evaluated;
        const text =
          typeof became === "string" ? `!${became}` : machine.call(became, run, event, watch.isOver);
        return rendered(text, run, watch.milliseconds(), limitMilliseconds);
      } catch {
        kept.clear();
        machine = await open();
        return rendered("!stack overflow", run, watch.milliseconds(), limitMilliseconds);
      }
    },
  };
}

/** Types of Node know `WebAssembly` as a place of types alone. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<WebAssembly.Module>;
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => LinearMemory;
};

/** Once: engines share the machine code. */
async function compiled(): Promise<WebAssembly.Module> {
  const path = fileURLToPath(import.meta.resolve("@jitl/quickjs-wasmfile-release-sync/wasm"));
  return WebAssembly.compile(await readFile(path));
}

function variantOf(wasmModule: WebAssembly.Module): QuickJSSyncVariant {
  // The package's types describe its CommonJS form, of which the variant is a member; Node loads the other one.
  const variant = base as unknown as QuickJSSyncVariant;
  const wasmMemory = new WebAssembly.Memory({ initial: memoryPages, maximum: memoryPages });
  return newVariant(variant, { wasmModule, wasmMemory });
}

/** Machine code is made when it is first needed: that is our time, not a function's. */
function warm(machine: Machine): Machine {
  const code =
    "const crypto = require('crypto'); async function handler(event) { await 0; return [event, crypto]; }";
  const run = { source: { runtime: "", code }, store: undefined, logs: [], originId: undefined };
  const loaded = machine.load(run, () => false);
  if (typeof loaded !== "string") machine.call(loaded, run, "{}", () => false);
  return machine;
}

function evaluate(machine: Machine, run: Run, isOver: IsOver): Evaluated {
  const became = machine.load(run, isOver);
  return { became, logs: [...run.logs] };
}

function keep(kept: Map<string, Evaluated>, key: string, evaluated: Evaluated): void {
  const [oldest] = kept.keys();
  if (kept.size >= mostFunctions && oldest !== undefined) kept.delete(oldest);
  kept.set(key, evaluated);
}

function rendered(text: string, { logs, originId }: Run, milliseconds: number, limit: number): RunAnswer {
  if (milliseconds > limit) {
    const message = `The function used more than ${limit} ms of processor time`;
    return { kind: "failed", message, limit: true, logs, milliseconds };
  }
  if (!text.startsWith("=")) return { kind: "failed", message: text.slice(1), logs, milliseconds };
  const value = text.slice(1);
  return { kind: "returned", value, logs, milliseconds, ...(originId !== undefined && { originId }) };
}

/** Processor time of this thread: other work on the machine is not the function's. */
function stopwatch(limit: number) {
  const now = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  const began = now();
  const milliseconds = (): number => now() - began;
  return { milliseconds, isOver: () => milliseconds() > limit };
}
