/**
 * Runs first in the context of every CloudFront function and makes what both runtimes have as globals:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html.
 * It is source text: it exists only inside the engine. `host` takes and returns strings, and never throws. Modules are
 * source as well (`function-modules.ts`), evaluated when they are first asked for. The answer of `enter` begins with `=`
 * before JSON, or with `!` before the message of an error.
 */
export const bootstrapSource = `"use strict";
(host) => {
  const { parse, stringify } = JSON;
  const evaluate = globalThis.eval;

  const text = (value) => (typeof value === "string" ? value : stringify(value) ?? String(value));
  const log = (...values) => {
    host("log", values.map(text).join(" "));
  };
  globalThis.console = Object.freeze({ log, error: log, warn: log, info: log, debug: log });

  Math.random = () => Number(host("random"));

  const loaded = new Map();
  const require = (name) => {
    if (loaded.has(name)) return loaded.get(name);
    const source = host("source", String(name));
    if (source === undefined) throw new Error("Cannot find module " + name);
    const made = evaluate(source)(host, require);
    loaded.set(name, made);
    return made;
  };
  globalThis.require = require;
  Object.defineProperty(globalThis, "Buffer", {
    configurable: true,
    get: () => require("buffer").Buffer,
    set: (value) => Object.defineProperty(globalThis, "Buffer", { value, writable: true, configurable: true }),
  });

  const refuse = function () {
    throw new EvalError("Code generation from strings is not available");
  };
  refuse.prototype = Function.prototype;
  const makers = [function () {}, async function () {}, function* () {}, async function* () {}];
  for (const maker of makers) {
    Object.defineProperty(Object.getPrototypeOf(maker), "constructor", { value: refuse });
  }
  globalThis.Function = refuse;
  globalThis.eval = refuse;

  return async (handler, event) => {
    try {
      return "=" + (stringify(await handler(parse(event))) ?? "null");
    } catch (error) {
      const message = Object(error).message;
      return "!" + (typeof message === "string" ? message : String(error));
    }
  };
}`;
