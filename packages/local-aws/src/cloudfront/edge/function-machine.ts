import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from "quickjs-emscripten-core";
import { bootstrapSource } from "./function-globals.ts";
import { operate, type Run } from "./function-host.ts";
import { type Image, imageOf, type LinearMemory } from "./function-memory.ts";
import { importSource } from "./function-modules.ts";

/**
 * AWS gives a function 2 MB (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions).
 * QuickJS takes 0.1 MB before the function's first line and 0.3 MB once all modules are loaded, which AWS does not count.
 */
const memoryLimit = 2.5 * 1024 * 1024;

/**
 * The whole memory of an engine, in pages of 64 KiB: the least that it starts with. QuickJS's own limit holds for a single
 * allocation alone (its build has no `malloc_usable_size`), so the memory cannot grow, and what a function shall not have of
 * it is taken up by ballast.
 */
export const memoryPages = 256;

/** The engine's own stack, in bytes: some hundred calls deep. `function-memory.ts` relies on it. */
const stackLimit = 256 * 1024;

/** Jobs between two looks at the clock. */
const jobsAtOnce = 100;

/**
 * One engine, in whose memory the functions take turns: each has an image of what the memory held once its source had
 * been evaluated, and every call begins with it. As on AWS, nothing of one request is seen by the next.
 * All its functions throw when the engine broke in the middle, e.g. because the stack of the thread was full; it is of no
 * more use then.
 */
export interface Machine {
  /** Evaluates a source; a text is the message of the error that it ended with. */
  load(run: Run, isOver: IsOver): Loaded | string;
  /** `=` and JSON, or `!` and the message of an error, as `bootstrapSource` says it. */
  call(loaded: Loaded, run: Run, event: string, isOver: IsOver): string;
}

/** Whether the time that a run has is over. */
export type IsOver = () => boolean;

export interface Loaded {
  readonly image: Image;
  readonly handler: QuickJSHandle;
}

export function createMachine(quickjs: QuickJSWASMModule): Machine {
  let run: Run = { source: { runtime: "", code: "" }, store: undefined, logs: [], originId: undefined };
  let isOver: IsOver = () => false;
  const context = openContext(quickjs, () => isOver());
  const enter = bootstrap(context, () => run);
  loadBallast(context, quickjs.getWasmMemory());
  context.runtime.setMemoryLimit(memoryLimit);
  const empty = imageOf(quickjs.getWasmMemory());
  return {
    load: (next, nextOver) => {
      [run, isOver] = [next, nextOver];
      // What others left behind does not become part of an image.
      empty.reset();
      // The handler is reached through a line added behind the source.
      const code = `${run.source.code}\nexport { handler as __handler };`;
      const main = context.evalCode(code, "function.js", { type: "module" });
      const namespace = main.error ? main : settled(context, main.value, isOver);
      if (namespace.error) return messageOf(context, namespace.error);
      const handler = context.getProp(namespace.value, "__handler");
      return { handler, image: imageOf(quickjs.getWasmMemory()) };
    },
    call: ({ image, handler }, next, event, nextOver) => {
      [run, isOver] = [next, nextOver];
      image.restore();
      // Handles are not disposed of: the next image does not know them.
      const called = context.callFunction(enter, context.undefined, handler, context.newString(event));
      const answer = called.error ? called : settled(context, called.value, isOver);
      return answer.error ? `!${messageOf(context, answer.error)}` : context.getString(answer.value);
    },
  };
}

function openContext(quickjs: QuickJSWASMModule, isOver: IsOver): QuickJSContext {
  const runtime = quickjs.newRuntime();
  runtime.setMaxStackSize(stackLimit);
  runtime.setInterruptHandler(isOver);
  runtime.setModuleLoader(
    (name) => importSource(name) ?? { error: new ReferenceError(`Cannot find module ${name}`) },
  );
  return runtime.newContext();
}

/** Takes up all of the memory but what a function may have. Its zeros are no part of an image. */
function loadBallast(context: QuickJSContext, memory: LinearMemory): void {
  const end = Buffer.from(memory.buffer).findLastIndex((byte) => byte !== 0);
  context.newArrayBuffer(new ArrayBuffer(memory.buffer.byteLength - end - memoryLimit));
}

/** Makes the globals; returns the function that calls a handler. The one function of ours in there is `operate`. */
function bootstrap(context: QuickJSContext, current: () => Run): QuickJSHandle {
  const host = context.newFunction("host", (...handles) => {
    const [operation = "", ...values] = handles.map((one) =>
      context.typeof(one) === "string" ? context.getString(one) : undefined,
    );
    const answer = operate(current(), operation, values);
    return answer === undefined ? context.undefined : context.newString(answer);
  });
  const prepare = context.unwrapResult(context.evalCode(bootstrapSource, "runtime.js"));
  return context.unwrapResult(context.callFunction(prepare, context.undefined, host));
}

type Settled =
  | { readonly error: QuickJSHandle }
  | { readonly error?: undefined; readonly value: QuickJSHandle };

/** Performs what promises wait for until this one is settled, or nothing is left that could settle it. */
function settled(context: QuickJSContext, promise: QuickJSHandle, isOver: IsOver): Settled {
  const { runtime } = context;
  while (runtime.hasPendingJob() && !isOver()) {
    const done = runtime.executePendingJobs(jobsAtOnce);
    if (done.error) return { error: done.error };
  }
  const state = context.getPromiseState(promise);
  if (state.type === "fulfilled") return { value: state.value };
  if (state.type === "rejected") return { error: state.error };
  return { error: context.newError("The function's promise is never settled") };
}

/** A getter of what was thrown may run code of the function: its time and memory are bounded here as well. */
function messageOf(context: QuickJSContext, error: QuickJSHandle): string {
  const message = context.getProp(error, "message");
  return context.typeof(message) === "string" ? context.getString(message) : "The function threw no error";
}
