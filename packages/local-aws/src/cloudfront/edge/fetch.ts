import { Readable } from "node:stream";
import type { Answer } from "../../elb/exchange.ts";
import { headerValue, withHeaders } from "../../elb/headers.ts";
import { pathOf } from "../../elb/match.ts";
import { failureOf } from "../../elb/send.ts";
import type { Clock } from "../../platform.ts";
import { cachesMethod } from "./behavior.ts";
import { type CachedAnswer, type EdgeCache, largestCached } from "./cache.ts";
import { cacheKey } from "./cache-key.ts";
import { compressed } from "./compress.ts";
import { deliver, isNotModified, notModified } from "./deliver.ts";
import { edgeError } from "./error-page.ts";
import { timeToLive } from "./freshness.ts";
import type { Origins } from "./origins.ts";
import type { CacheWord, Visit } from "./visit.ts";

/** An answer from the cache or the origin. */
export interface Fetched {
  readonly answer: Answer;
  readonly word: CacheWord;
}

export interface FetchPorts {
  readonly cache: EdgeCache;
  readonly origins: Origins;
  readonly clock: Clock;
}

/** The answer to a visit; an origin that does not answer is CloudFront's 502 or 504. */
export async function fetchAnswer(visit: Visit, ports: FetchPorts): Promise<Fetched> {
  const cacheable = visit.plan.maximum > 0 && cachesMethod(visit.behavior, visit.ask.method);
  if (!cacheable) return fromOrigin(visit, ports, false);
  const found = ports.cache.find(cacheKey(visit), ports.clock.now());
  return found === undefined ? fromOrigin(visit, ports, true) : fromCache(visit, found, ports.clock);
}

function fromCache(visit: Visit, found: CachedAnswer, clock: Clock): Fetched {
  const age = Math.floor((clock.now().getTime() - found.stored) / 1000);
  const answer = deliver(found, visit.ask.method, visit.ask.headers);
  const headers = withHeaders(answer.headers, [["Age", String(age)]]);
  return { answer: { ...answer, headers }, word: found.status >= 400 ? "Error" : "Hit" };
}

async function fromOrigin(visit: Visit, ports: FetchPorts, cacheable: boolean): Promise<Fetched> {
  try {
    const answer = compressed(visit, await ports.origins.ask(visit, { cacheable }));
    const word = answer.status >= 400 ? "Error" : "Miss";
    return { answer: cacheable ? keep(visit, answer, ports) : answer, word };
  } catch (error) {
    return { answer: originFailure(visit, failureOf(error).kind), word: "Error" };
  }
}

function originFailure({ requestId }: Visit, kind: "broken" | "overdue"): Answer {
  return kind === "overdue"
    ? edgeError(
        504,
        "CloudFront attempted to establish a connection with the origin, but the origin did not answer in time.",
        requestId,
      )
    : edgeError(502, "CloudFront wasn't able to connect to the origin.", requestId);
}

/** Records a whole answer while it streams to the viewer; parts of objects and answers to HEAD are not kept. */
function keep(visit: Visit, answer: Answer, { cache, clock }: FetchPorts): Answer {
  const { ask, distribution, plan } = visit;
  const now = clock.now();
  const errors = distribution.config.CustomErrorResponses?.Items ?? [];
  const seconds = timeToLive(answer.status, answer.headers, plan, errors, now);
  const length = Number(headerValue(answer.headers, "content-length") ?? 0);
  const whole = ask.method !== "HEAD" && answer.status !== 206 && length <= largestCached;
  const kept = { status: answer.status, reason: answer.reason, headers: answer.headers };
  const body =
    seconds === 0 || !whole
      ? answer.body
      : recorded(answer.body, (bytes) =>
          cache.store(cacheKey(visit), {
            ...kept,
            distributionId: distribution.id,
            path: pathOf(ask.target),
            bytes,
            stored: now.getTime(),
            expires: now.getTime() + seconds * 1000,
          }),
        );
  if (answer.status !== 200 || !isNotModified(ask.headers, answer.headers)) return { ...answer, body };
  body.once("error", () => undefined).resume();
  return notModified(answer.headers);
}

function recorded(body: Readable, whole: (bytes: Buffer) => void): Readable {
  return Readable.from(recording(body, whole), { objectMode: false });
}

async function* recording(body: Readable, whole: (bytes: Buffer) => void): AsyncGenerator<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    const bytes = Buffer.from(part);
    size += bytes.byteLength;
    if (size <= largestCached) parts.push(bytes);
    yield bytes;
  }
  if (size <= largestCached) whole(Buffer.concat(parts));
}
