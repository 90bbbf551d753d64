import { type Answer, type Ask, answerOf } from "../../elb/exchange.ts";
import { type HeaderLines, headerValue, withHeaders, withoutHeaders } from "../../elb/headers.ts";
import type { Log, Settings } from "../../platform.ts";
import type { Holdings } from "../holdings.ts";
import { domainNameOf, idOf } from "../names.ts";
import type { Behavior } from "./behavior.ts";
import { edgeError } from "./error-page.ts";
import {
  type EventContext,
  type EventRequest,
  type EventResponse,
  eventRequest,
  eventResponse,
  requestHeaders,
  responseBody,
  responseHeaders,
  targetOf,
} from "./function-event.ts";
import type { FunctionRuntime, Outcome } from "./function-runtime.ts";
import { programOf } from "./program.ts";
import type { CacheWord } from "./visit.ts";

export interface FunctionPorts {
  readonly holdings: Holdings;
  readonly runtime: FunctionRuntime;
  readonly settings: Settings;
  readonly log: Log;
}

/** A viewer request before its visit is complete. */
export interface Arrival {
  readonly distributionId: string;
  readonly behavior: Behavior;
  readonly requestId: string;
  readonly ask: Ask;
}

export type RequestVerdict =
  | { readonly kind: "go-on"; readonly ask: Ask; readonly originId?: string }
  | { readonly kind: "answered"; readonly answer: Answer; readonly word: CacheWord };

/** Runs the behaviour's viewer-request function, if it has one. */
export async function onViewerRequest(arrival: Arrival, ports: FunctionPorts): Promise<RequestVerdict> {
  const { ask } = arrival;
  const event = { request: eventRequest(ask.method, ask.target, ask.headers) };
  const outcome = await run("viewer-request", arrival, event, ports);
  if (outcome === undefined) return { kind: "go-on", ask };
  if (outcome.kind === "failed") return { kind: "answered", ...executionError(arrival, outcome) };
  const { value } = outcome;
  if (isResponse(value)) {
    const headers = withHeaders(responseHeaders(value), [["Server", "CloudFront"]]);
    const answer = {
      ...answerOf(value.statusCode, headers, responseBody(value)),
      reason: value.statusDescription,
    };
    return { kind: "answered", answer, word: "FunctionGeneratedResponse" };
  }
  if (!isRequest(value)) return { kind: "answered", ...validationError(arrival) };
  const changed = { ...ask, target: targetOf(value), headers: keptHost(requestHeaders(value), ask.headers) };
  return outcome.originId === undefined
    ? { kind: "go-on", ask: changed }
    : { kind: "go-on", ask: changed, originId: outcome.originId };
}

/** Runs the behaviour's viewer-response function on an answer; not on errors of the origin, as CloudFront does not. */
export async function onViewerResponse(
  arrival: Arrival,
  answer: Answer,
  word: CacheWord,
  ports: FunctionPorts,
): Promise<{ readonly answer: Answer; readonly word: CacheWord }> {
  if (answer.status >= 400) return { answer, word };
  const { ask } = arrival;
  const event = {
    request: eventRequest(ask.method, ask.target, ask.headers),
    response: eventResponse(answer.status, answer.headers, answer.reason),
  };
  const outcome = await run("viewer-response", arrival, event, ports);
  if (outcome === undefined) return { answer, word };
  answer.body.once("error", () => undefined);
  if (outcome.kind === "failed" || !isResponse(outcome.value)) {
    answer.body.destroy();
    return outcome.kind === "failed" ? executionError(arrival, outcome) : validationError(arrival);
  }
  const { value } = outcome;
  const changed = { ...answer, status: value.statusCode, reason: value.statusDescription || undefined };
  if (value.body === undefined) return { answer: { ...changed, headers: responseHeaders(value) }, word };
  answer.body.destroy();
  const headers = withoutHeaders(responseHeaders(value), ["content-length"]);
  return { answer: { ...changed, ...answerOf(value.statusCode, headers, responseBody(value)) }, word };
}

async function run(
  eventType: EventContext["eventType"],
  { behavior, distributionId, requestId, ask }: Arrival,
  event: object,
  { holdings, runtime, settings, log }: FunctionPorts,
): Promise<Outcome | undefined> {
  const associated = behavior.FunctionAssociations?.Items?.find(({ EventType }) => EventType === eventType);
  if (associated === undefined) return undefined;
  const name = idOf(associated.FunctionARN);
  const { live } = holdings.functions.get(name).config;
  if (live === undefined) return undefined;
  const distributionDomainName = domainNameOf(settings, distributionId);
  const context: EventContext = { distributionDomainName, distributionId, eventType, requestId };
  const program = programOf(name, live, holdings);
  const outcome = await runtime.run(program, { version: "1.0", context, viewer: { ip: ask.peer }, ...event });
  for (const line of outcome.logs) log.info(`Function ${name}: ${line}`, { requestId });
  if (outcome.kind === "failed") log.warn(`Function ${name} failed: ${outcome.message}`, { requestId });
  return outcome;
}

/** CloudFront throttles a function that takes more time than it is allowed. */
function executionError({ requestId }: Arrival, { limit }: Extract<Outcome, { readonly kind: "failed" }>) {
  const what =
    "The CloudFront function associated with the CloudFront distribution is invalid or could not run.";
  return {
    answer: edgeError(503, what, requestId),
    word: limit ? ("FunctionThrottledError" as const) : ("FunctionExecutionError" as const),
  };
}

function validationError({ requestId }: Arrival) {
  const what = "The CloudFront function returned an invalid value.";
  return { answer: edgeError(502, what, requestId), word: "FunctionValidationError" as const };
}

/** Functions may read the Host header, not change it. */
function keptHost(headers: HeaderLines, original: HeaderLines): HeaderLines {
  return withHeaders(headers, [["Host", headerValue(original, "host") ?? ""]]);
}

function isResponse(value: unknown): value is EventResponse {
  return (
    typeof value === "object" &&
    value !== null &&
    "statusCode" in value &&
    typeof value.statusCode === "number"
  );
}

function isRequest(value: unknown): value is EventRequest {
  return (
    typeof value === "object" &&
    value !== null &&
    "uri" in value &&
    typeof value.uri === "string" &&
    "headers" in value
  );
}
