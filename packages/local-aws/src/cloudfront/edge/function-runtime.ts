import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { FromWorker, ToWorker } from "./function-messages.ts";
import type { Program } from "./program.ts";

/** Runs CloudFront Functions, one after the other, in a warm thread without access to the process. */
export interface FunctionRuntime {
  run(program: Program, event: unknown): Promise<Outcome>;
  stop(): Promise<void>;
}

export type Outcome = (
  | { readonly kind: "returned"; readonly value: unknown; readonly originId?: string }
  | { readonly kind: "failed"; readonly message: string }
) & { readonly logs: readonly string[]; readonly milliseconds: number };

type RunAnswer = Exclude<FromWorker, { readonly kind: "ready" }>;

/** A thread, and what it has been given already. */
interface Thread {
  readonly worker: Worker;
  /** Settles once it listens; what it says first is that. */
  readonly ready: Promise<unknown>;
  readonly programs: Set<string>;
  readonly stores: Map<string, string>;
}

/**
 * `limitMilliseconds` is wall-clock time. AWS allows about one millisecond of processor time, which a laptop cannot
 * measure fairly; the limit here catches functions that never end. The thread of one that does is replaced.
 */
export function createFunctionRuntime(limitMilliseconds = 1000): FunctionRuntime {
  let thread: Thread | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const perform = async (program: Program, event: unknown): Promise<Outcome> => {
    thread ??= startThread(() => {
      thread = undefined;
    });
    const current = thread;
    // Starting the thread is our time, not the function's.
    await current.ready;
    const began = performance.now();
    const answer = await ask(current, program, JSON.stringify(event), limitMilliseconds);
    const milliseconds = performance.now() - began;
    if (answer.kind === "lost") {
      thread = undefined;
      await current.worker.terminate();
      return { kind: "failed", message: answer.message, logs: [], milliseconds };
    }
    return answer.kind === "returned"
      ? { ...answer, value: JSON.parse(answer.value), milliseconds }
      : { ...answer, milliseconds };
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
function startThread(onEnd: () => void): Thread {
  const worker = new Worker(new URL(`./function-worker${extname(import.meta.url)}`, import.meta.url), {
    execArgv: ["--experimental-vm-modules", "--no-warnings"],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  worker.unref();
  // Without a listener an error between two runs would end the process.
  worker.on("error", onEnd).on("exit", onEnd);
  return { worker, ready: once(worker, "message"), programs: new Set(), stores: new Map() };
}

function ask(
  thread: Thread,
  program: Program,
  event: string,
  limit: number,
): Promise<RunAnswer | { readonly kind: "lost"; readonly message: string }> {
  const { worker } = thread;
  return new Promise((resolve) => {
    const settle = (answer: Parameters<typeof resolve>[0]): void => {
      clearTimeout(timer);
      worker.off("message", settle).off("error", onError);
      resolve(answer);
    };
    const onError = (error: Error): void => settle({ kind: "lost", message: error.message });
    const timer = setTimeout(
      () => settle({ kind: "lost", message: `The function ${program.name} took longer than ${limit} ms` }),
      limit,
    );
    worker.on("message", settle).on("error", onError);
    for (const message of messagesFor(thread, program, event)) worker.postMessage(message);
  });
}

/** The run, after what the thread does not have yet. */
function messagesFor(
  thread: Thread,
  { name, version, code, store }: Program,
  event: string,
): readonly ToWorker[] {
  const key = `${name}@${version}`;
  const messages: ToWorker[] = [];
  if (!thread.programs.has(key)) {
    thread.programs.add(key);
    messages.push({ kind: "program", key, code });
  }
  if (store !== undefined && thread.stores.get(store.arn) !== store.version) {
    thread.stores.set(store.arn, store.version);
    messages.push({ kind: "store", arn: store.arn, items: store.items });
  }
  return [...messages, { kind: "run", key, store: store?.arn, event }];
}
