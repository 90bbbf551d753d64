import { headerValue, headerValues } from "../../elb/headers.ts";
import { pathOf, queryOf } from "../../elb/match.ts";
import { pairsOf, selectPairs, selects } from "./selection.ts";
import type { Visit } from "./visit.ts";

/** What makes two requests the same to the cache; HEAD is answered from what GET left there. */
export function cacheKey({ distribution, originId, ask, plan }: Visit): string {
  const names = [...new Set(ask.headers.map(([name]) => name.toLowerCase()))].sort();
  const headers = names
    .filter((name) => selects(plan.key.headers, name, { ignoreCase: true }))
    .map((name) => [name, ...headerValues(ask.headers, name)]);
  const accepted = headerValue(ask.headers, "accept-encoding") ?? "";
  return JSON.stringify([
    distribution.id,
    originId,
    ask.method === "HEAD" ? "GET" : ask.method,
    pathOf(ask.target),
    selectPairs(pairsOf(queryOf(ask.target), "&"), plan.key.query),
    headers,
    selectPairs(pairsOf(headerValue(ask.headers, "cookie") ?? "", ";"), plan.key.cookies),
    plan.encodings.filter((coding) => accepted.includes(coding)),
  ]);
}
