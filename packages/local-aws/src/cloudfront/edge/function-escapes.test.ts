import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createFunctionRuntime } from "./function-runtime.ts";

const runtime = createFunctionRuntime({ processor: 250, clock: 2000 });
after(() => runtime.stop());

let version = 0;
const run = (code: string, event: unknown = {}) => {
  version += 1;
  return runtime.run({ name: "f", version: String(version), runtime: "cloudfront-js-2.0", code }, event);
};

/** What runs `probe` on everything that an attack may get hold of: whether it leads to the process. */
const reach = `
  const reached = (value) => {
    const seen = [];
    for (let at = value; at !== null && at !== undefined && seen.length < 20; at = Object.getPrototypeOf(Object(at))) {
      seen.push(at);
      for (const name of ['constructor', 'process', 'mainModule', 'getBuiltinModule']) {
        try { if (at[name] !== undefined) seen.push(at[name]); } catch (error) { seen.push(error); }
      }
    }
    for (const maker of seen) {
      for (const one of [maker, maker && maker.constructor, maker && maker.constructor && maker.constructor.constructor]) {
        try {
          const found = one('return typeof process === "undefined" ? undefined : process')();
          if (found) return 'ESCAPED ' + typeof found;
        } catch (error) {}
      }
    }
    return typeof process === 'undefined' && typeof globalThis.process === 'undefined' ? 'inside' : 'ESCAPED process';
  };`;

/** Each leads to something that is not the function's own, where the engine has such a thing. */
const attacks: Readonly<Record<string, string>> = {
  "an error of the host":
    "try { require('crypto').createHash('nope').digest() } catch (error) { return reached(error) }",
  "an error of a module": "try { require('fs') } catch (error) { return reached(error) }",
  "a hash with an odd argument":
    "try { require('crypto').createHash('md5').update({ toString() { throw 1 } }).digest() } catch (error) { return reached(error) }",
  "an error of JSON": "try { JSON.parse('{') } catch (error) { return reached(error) }",
  "a full stack": "const f = () => f(); try { f() } catch (error) { return reached(error) }",
  "full memory": "try { 'x'.repeat(2 ** 28) } catch (error) { return reached(error) }",
  "a rejected promise":
    "try { await require('cloudfront').kvs().get('x') } catch (error) { return reached(error) }",
  "an import": "try { return reached(await import('fs')) } catch (error) { return reached(error) }",
  "an import of Node":
    "try { return reached(await import('node:child_process')) } catch (error) { return reached(error) }",
  "an import of a file":
    "try { return reached(await import('/etc/passwd')) } catch (error) { return reached(error) }",
  "import.meta": "return reached(import.meta)",
  "a module's namespace": "return reached(await import('crypto'))",
  "the host's own function": "return reached(require('crypto').createHash) + reached(console.log)",
  "the callee's caller":
    "return reached((function () { try { return arguments.callee.caller } catch (error) { return error } })())",
  "a stack trace":
    "let sites; Error.prepareStackTrace = (_, all) => (sites = all); void new Error().stack; return reached(sites) + reached(new Error().stack)",
  "a getter on the event":
    "let got; Object.defineProperty(Object.prototype, 'then', { get() { got = this; return undefined }, configurable: true }); await event; delete Object.prototype.then; return reached(got)",
  "a setter on prototypes":
    "let got; Object.defineProperty(Object.prototype, 'value', { set(v) { got = [this, v] }, configurable: true }); require('crypto').createHash('md5').update('a').digest('hex'); return reached(got)",
  "Symbol.species":
    "class Own extends Array { static get [Symbol.species]() { return function (n) { return reached.last = new Array(n) } } } Own.from([1]).map(String); return reached(reached.last)",
  "Symbol.hasInstance and a Proxy":
    "let got; const p = new Proxy(function () {}, { apply: (...all) => (got = all), get: (...all) => (got = all) }); try { console.log(p); p(1); } catch {} return reached(got) + reached(got[0])",
  "overwritten built-ins":
    "let got; String.prototype.replaceAll = function (...all) { got = all; return '' }; Array.prototype.includes = function (...all) { got = [this, all]; return true }; try { require('crypto').createHash('sha512').update('a').digest('hex') } catch (error) { return reached(got) + reached(error) } return reached(got)",
  "toJSON of the answer":
    "let got; const answer = { toJSON(...all) { return reached(this) + reached(all) } }; return answer",
  "every global":
    "return Object.getOwnPropertyNames(globalThis).map((name) => { try { return reached(globalThis[name]) } catch (error) { return reached(error) } }).find((word) => word !== 'inside') ?? 'inside'",
};

for (const [name, body] of Object.entries(attacks)) {
  test(`${name} does not lead out of the engine`, async () => {
    const outcome = await run(`async function handler(event) { ${reach}\n${body} }`);
    assert.ok(outcome.kind === "returned", JSON.stringify(outcome));
    assert.match(String(outcome.value), /^(inside)+$/);
  });
}

test("the global names are those of the language and of CloudFront", async () => {
  const outcome = await run("function handler() { return Object.getOwnPropertyNames(globalThis); }");
  assert.ok(outcome.kind === "returned", JSON.stringify(outcome));
  const foreign = [
    "process",
    "fetch",
    "setTimeout",
    "performance",
    "WebAssembly",
    "Worker",
    "std",
    "os",
    "scriptArgs",
    "print",
    "load",
    "host",
  ];
  const names = outcome.value as readonly string[];
  assert.deepEqual(
    foreign.filter((one) => names.includes(one)),
    [],
  );
});

/** Each would go on for ever, or take all of the machine. */
const hogs: Readonly<Record<string, string>> = {
  "a loop without an end": "for (;;);",
  "a loop of microtasks": "for (;;) await 0;",
  "a loop that catches being ended": "for (;;) { try { for (;;); } catch {} finally { continue } }",
  "tasks that catch being ended":
    "const go = async () => { for (;;) { try { await 0; for (;;); } catch {} } }; await Promise.all([go(), go(), go()]);",
  "a call of itself": "return (function call() { return call() + 1 })();",
  "deep JSON": "return JSON.stringify(JSON.parse('['.repeat(200000) + ']'.repeat(200000)));",
  "a deep toString": "let all = []; for (let at = 0; at < 50000; at++) all = [all]; return String(all);",
  "an array without an end": "const all = []; for (;;) all.push('x'.repeat(1000) + all.length);",
  "a text that doubles": "let text = 'a'; for (;;) text += text;",
  buffers: "const all = []; for (;;) all.push(Buffer.alloc(100000));",
  "a regular expression that backtracks": "return /^(a+)+$/.test('a'.repeat(60) + '!');",
  "a huge sort": "return Array(1e6).fill(0).map(Math.random).sort().length;",
  "a huge join": "return Array(1e9).join('x').length;",
  "a search in a huge array": "return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);",
  "a huge number": "let n = 3n; for (;;) n *= n;",
  "a getter in what is thrown": "throw { get message() { for (;;); } };",
  "a toJSON without an end": "return { toJSON() { for (;;); } };",
};

for (const [name, body] of Object.entries(hogs)) {
  test(`${name} ends within the limits, and the next function runs`, async () => {
    const before = process.memoryUsage().rss;
    const outcome = await run(`async function handler(event) { ${body} }`);
    assert.equal(outcome.kind, "failed", JSON.stringify(outcome));
    assert.ok(outcome.milliseconds < 4000, `${outcome.milliseconds} ms`);
    assert.ok(process.memoryUsage().rss - before < 200 * 1024 * 1024);
    const next = await run("function handler() { return 'next'; }");
    assert.ok(next.kind === "returned" && next.value === "next", JSON.stringify(next));
  });
}

test("hogs at the top of the source end as well", async () => {
  for (const body of [
    "for (;;);",
    "const a = []; for (;;) a.push('x'.repeat(1000) + a.length);",
    "await new Promise(() => {});",
  ]) {
    assert.equal((await run(`${body}\nfunction handler() {}`)).kind, "failed");
  }
  assert.equal((await run("function handler() { return 1; }")).kind, "returned");
});

test("a function that holds 1.5 MB of AWS's 2 MB runs, one that wants 3 MB does not", async () => {
  const holding = (bytes: number) =>
    run(
      `function handler() { const held = new Uint8Array(${bytes}); return Buffer.from('ok').toString() + held.length; }`,
    );
  const [fits, tooMuch] = [await holding(1.5 * 1024 * 1024), await holding(3 * 1024 * 1024)];
  assert.equal(fits.kind, "returned", JSON.stringify(fits));
  const pieces = await run(
    "function handler() { const held = []; for (let at = 0; at < 40; at++) held.push(new Uint8Array(100_000)); return held.length; }",
  );
  assert.equal(pieces.kind === "failed" && pieces.message, "out of memory", JSON.stringify(pieces));
  assert.equal(tooMuch.kind === "failed" && tooMuch.message, "out of memory");
});
