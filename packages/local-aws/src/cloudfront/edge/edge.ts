import { randomBytes } from "node:crypto";
import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import { type Answer, type Ask, answerOf } from "../../elb/exchange.ts";
import { withHeaders } from "../../elb/headers.ts";
import { hostName, pathOf } from "../../elb/match.ts";
import type { Policies } from "../policies.ts";
import type { Stored } from "../shelf.ts";
import { allowsMethod, type Behavior, chooseBehavior } from "./behavior.ts";
import { edgeError } from "./error-page.ts";
import { type Fetched, type FetchPorts, fetchAnswer } from "./fetch.ts";
import { applyHeadersPolicy } from "./response-headers.ts";
import { cachePlan, forwarding, legacyPlan } from "./selection.ts";
import {
  type Arrival,
  type FunctionPorts,
  onViewerRequest,
  onViewerResponse,
  type RequestVerdict,
} from "./viewer-functions.ts";
import type { CacheWord, Visit } from "./visit.ts";

export type Distribution = Stored<DistributionConfig>;
export type EdgePorts = FetchPorts & FunctionPorts & { readonly policies: Policies };

/** Answers a viewer as the distribution says: behaviour, function, cache, origin, error page, headers, function. */
export async function answerViewer(distribution: Distribution, ask: Ask, ports: EdgePorts): Promise<Answer> {
  const requestId = randomBytes(28).toString("base64url");
  const { answer, word } = await pass(distribution, ask, requestId, ports);
  return {
    ...answer,
    headers: withHeaders(answer.headers, [
      ["X-Cache", `${word} from cloudfront`],
      ["Via", "1.1 local.cloudfront.net (CloudFront)"],
      ["X-Amz-Cf-Pop", "LOCAL1-C1"],
      ["X-Amz-Cf-Id", requestId],
    ]),
  };
}

async function pass(
  distribution: Distribution,
  ask: Ask,
  requestId: string,
  ports: EdgePorts,
): Promise<Fetched> {
  const arrived = arrive(distribution, ask, requestId);
  if ("answer" in arrived) return arrived;
  const verdict = await onViewerRequest(arrived, ports);
  if (verdict.kind === "answered") return verdict;
  const visit = visitOf(distribution, arrived, verdict, ports.policies);
  const fetched = await withErrorPage(visit, await fetchAnswer(visit, ports), ports);
  const headed = { ...fetched.answer, headers: policyHeaders(visit, fetched.answer, ports.policies) };
  return onViewerResponse(arrived, headed, fetched.word, ports);
}

/** The behaviour that takes a request, or why none does. */
export function arrive(
  distribution: Distribution,
  ask: Ask,
  requestId: string,
): Arrival | { readonly answer: Answer; readonly word: CacheWord } {
  const behavior = chooseBehavior(distribution.config, pathOf(ask.target));
  if (distribution.config.Enabled !== true || behavior === undefined) {
    return { answer: edgeError(403, "The distribution is disabled.", requestId), word: "Error" };
  }
  if (!allowsMethod(behavior, ask.method)) {
    const what =
      "This distribution is not configured to allow the HTTP request method that was used for this request.";
    return { answer: edgeError(403, what, requestId), word: "Error" };
  }
  return (
    demandHttps(behavior, ask, requestId) ?? { distributionId: distribution.id, behavior, requestId, ask }
  );
}

/** Plain HTTP counts as HTTPS exactly where the host ends in `.localhost`. */
function demandHttps(behavior: Behavior, ask: Ask, requestId: string) {
  const host = hostName(ask.headers);
  if (host.endsWith(".localhost") || behavior.ViewerProtocolPolicy === "allow-all") return undefined;
  if (behavior.ViewerProtocolPolicy === "https-only") {
    return { answer: edgeError(403, "HTTPS is required.", requestId), word: "Error" as const };
  }
  const headers = [["Location", `https://${host}${ask.target}`]] as const;
  return { answer: answerOf(301, headers), word: "Redirect" as const };
}

/** A visit on its way to cache and origin: policies resolved, the root object put in place of `/`. */
export function visitOf(
  distribution: Distribution,
  { behavior, requestId }: Arrival,
  { ask, originId }: Extract<RequestVerdict, { kind: "go-on" }>,
  policies: Policies,
): Visit {
  const { CachePolicyId, OriginRequestPolicyId, ForwardedValues, TargetOriginId = "" } = behavior;
  return {
    distribution,
    behavior,
    requestId,
    plan:
      CachePolicyId === undefined
        ? legacyPlan(ForwardedValues, behavior)
        : cachePlan(policies.cache(CachePolicyId)),
    forward: forwarding(
      OriginRequestPolicyId === undefined ? undefined : policies.originRequest(OriginRequestPolicyId),
    ),
    ask: { ...ask, target: withRootObject(ask.target, distribution.config.DefaultRootObject ?? "") },
    originId: originId ?? TargetOriginId,
  };
}

function withRootObject(target: string, rootObject: string): string {
  return rootObject !== "" && pathOf(target) === "/" ? `/${rootObject}${target.slice(1)}` : target;
}

/** The distribution's own page for an error status, fetched as any other path; without one the answer stays as it is. */
async function withErrorPage(visit: Visit, fetched: Fetched, ports: EdgePorts): Promise<Fetched> {
  const { status } = fetched.answer;
  const { distribution, ask, requestId } = visit;
  const rule = distribution.config.CustomErrorResponses?.Items?.find(({ ErrorCode }) => ErrorCode === status);
  const path = rule?.ResponsePagePath ?? "";
  const behavior = chooseBehavior(distribution.config, path);
  if (status < 400 || path === "" || behavior === undefined) return fetched;
  const arrival: Arrival = { distributionId: distribution.id, behavior, requestId, ask };
  const page = { ...ask, method: "GET", target: path, body: undefined };
  const found = await fetchAnswer(
    visitOf(distribution, arrival, { kind: "go-on", ask: page }, ports.policies),
    ports,
  );
  if (found.answer.status >= 400) {
    found.answer.body.destroy();
    return fetched;
  }
  fetched.answer.body.once("error", () => undefined).destroy();
  const code = Number(rule?.ResponseCode || status);
  return { answer: { ...found.answer, status: code, reason: undefined }, word: "Error" };
}

function policyHeaders({ behavior, ask }: Visit, answer: Answer, policies: Policies): Answer["headers"] {
  const id = behavior.ResponseHeadersPolicyId;
  if (id === undefined) return answer.headers;
  return applyHeadersPolicy(policies.responseHeaders(id), answer.headers, ask.method, ask.headers);
}

/** Whether a host is one of the distribution's aliases; `*.example.com` stands for one label or more. */
export function isAlias({ config }: Distribution, host: string): boolean {
  return (config.Aliases?.Items ?? []).some((alias) =>
    alias.startsWith("*.") ? host.endsWith(alias.slice(1)) : alias.toLowerCase() === host,
  );
}
