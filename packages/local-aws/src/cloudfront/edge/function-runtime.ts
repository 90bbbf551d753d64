import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { RunAnswer, ToWorker } from "./function-messages.ts";
import type { Program } from "./program.ts";

/** Runs CloudFront Functions, one after the other, in an engine of WebAssembly on a thread of its own. */
export interface FunctionRuntime {
  run(program: Program, event: unknown): Promise<Outcome>;
  stop(): Promise<void>;
}

export type Outcome = (
  | { readonly kind: "returned"; readonly value: unknown; readonly originId?: string }
  | { readonly kind: "failed"; readonly message: string; readonly limit?: true }
) & { readonly logs: readonly string[]; readonly milliseconds: number };

/** A thread, and what it has been given already. */
interface Thread {
  readonly worker: Worker;
  /** Settles once it listens; what it says first is that. */
  readonly ready: Promise<unknown>;
  readonly programs: Set<string>;
  readonly stores: Map<string, string>;
}

export interface FunctionLimits {
  /**
   * Processor time of a run, in milliseconds. AWS allows about one; an interpreter on a laptop, with little else to
   * learn from a slow run than that it is slow, gets a few hundred times as much.
   */
  readonly processor: number;
  /**
   * Time on the clock, in milliseconds, after which the thread is ended and replaced: some built-in functions
   * (`Array.prototype.join` of a huge array) never look whether their time is over.
   */
  readonly clock: number;
}

const usual: FunctionLimits = { processor: 250, clock: 3000 };

export function createFunctionRuntime(limits = usual): FunctionRuntime {
  let thread: Thread | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const perform = async (program: Program, event: unknown): Promise<Outcome> => {
    thread ??= startThread(limits, () => {
      thread = undefined;
    });
    const current = thread;
    // Starting the thread is our time, not the function's.
    await current.ready;
    const answer = await ask(current, program, JSON.stringify(event), limits.clock);
    if (answer.kind === "lost") {
      thread = undefined;
      await current.worker.terminate();
      const { message, milliseconds } = answer;
      return { kind: "failed", message, limit: true, logs: [], milliseconds };
    }
    return answer.kind === "returned" ? { ...answer, value: JSON.parse(answer.value) } : answer;
  };
  return {
    run: (program, event) => {
      const result = turn.then(() => perform(program, event));
      turn = result.catch(() => undefined);
      return result;
    },
    stop: async () => {
      await turn;
      await thread?.worker.terminate();
      thread = undefined;
    },
  };
}

/** `onEnd` is told when the thread has ended, whatever the reason. */
function startThread({ processor }: FunctionLimits, onEnd: () => void): Thread {
  const worker = new Worker(new URL(`./function-worker${extname(import.meta.url)}`, import.meta.url), {
    env: {},
    workerData: { limitMilliseconds: processor },
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  worker.unref();
  // Without a listener an error between two runs would end the process.
  worker.on("error", onEnd).on("exit", onEnd);
  return { worker, ready: once(worker, "message"), programs: new Set(), stores: new Map() };
}

/** The thread ended, or did not answer in time. */
interface Lost {
  readonly kind: "lost";
  readonly message: string;
  readonly milliseconds: number;
}

function ask(thread: Thread, program: Program, event: string, limit: number): Promise<RunAnswer | Lost> {
  const { worker } = thread;
  const began = performance.now();
  const lost = (message: string): Lost => ({
    kind: "lost",
    message,
    milliseconds: performance.now() - began,
  });
  return new Promise((resolve) => {
    const settle = (answer: Parameters<typeof resolve>[0]): void => {
      clearTimeout(timer);
      worker.off("message", settle).off("error", onError);
      resolve(answer);
    };
    const onError = (error: Error): void => settle(lost(error.message));
    const timer = setTimeout(
      () => settle(lost(`The function ${program.name} took longer than ${limit} ms`)),
      limit,
    );
    worker.on("message", settle).on("error", onError);
    for (const message of messagesFor(thread, program, event)) worker.postMessage(message);
  });
}

/** The run, after what the thread does not have yet. */
function messagesFor(
  thread: Thread,
  { name, version, runtime, code, store }: Program,
  event: string,
): readonly ToWorker[] {
  const key = `${name}@${version}`;
  const messages: ToWorker[] = [];
  if (!thread.programs.has(key)) {
    thread.programs.add(key);
    messages.push({ kind: "program", key, source: { runtime, code } });
  }
  if (store !== undefined && thread.stores.get(store.arn) !== store.version) {
    thread.stores.set(store.arn, store.version);
    messages.push({ kind: "store", ...store });
  }
  return [...messages, { kind: "run", key, store: store?.arn, event }];
}
