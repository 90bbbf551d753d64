import { createHash, createHmac, getRandomValues } from "node:crypto";
import type { Source, StoreMeta } from "./function-messages.ts";
import { requireSource } from "./function-modules.ts";

export interface EngineStore {
  readonly meta: StoreMeta;
  readonly items: ReadonlyMap<string, string>;
}

/** What one run of a function reads, and what it said besides its answer. */
export interface Run {
  readonly source: Source;
  readonly store: EngineStore | undefined;
  readonly logs: string[];
  originId: string | undefined;
}

/** AWS cuts the log of one run at 10 KB (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-function-restrictions.html). */
const logLimit = 10 * 1024;

/** What the engine's side may ask of ours: text in, text or nothing out, and nothing is thrown. */
export function operate(
  run: Run,
  operation: string,
  [first = "", second = "", third]: readonly (string | undefined)[],
): string | undefined {
  switch (operation) {
    case "log":
      keepLog(run, first);
      return undefined;
    case "origin":
      run.originId = first;
      return undefined;
    case "source":
      return requireSource(first);
    case "runtime":
      return run.source.runtime;
    case "random":
      return String(random());
    case "read":
      return run.store?.items.get(first);
    case "meta":
      return run.store && JSON.stringify({ ...run.store.meta, keyCount: run.store.items.size });
    case "digest":
      return digest(first, second, third);
    default:
      return undefined;
  }
}

function keepLog({ logs }: Run, line: string): void {
  const kept = logs.reduce((sum, one) => sum + one.length + 1, 0);
  if (kept < logLimit) logs.push(line.slice(0, logLimit - kept));
}

/** In [0, 1). The engine's own generator would begin anew with each restored memory. */
function random(): number {
  const [value = 0] = getRandomValues(new Uint32Array(1));
  return value / 2 ** 32;
}

/** Content and key are hexadecimal digits. */
function digest(algorithm: string, content: string, key: string | undefined): string | undefined {
  if (!["md5", "sha1", "sha256"].includes(algorithm)) return undefined;
  const hash = key === undefined ? createHash(algorithm) : createHmac(algorithm, Buffer.from(key, "hex"));
  return hash.update(Buffer.from(content, "hex")).digest("hex");
}
