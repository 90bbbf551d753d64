import { type HeaderLine, type HeaderLines, headerValue, withoutHeaders } from "../../elb/headers.ts";
import { joinPairs, pairsOf } from "./selection.ts";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html */
interface EventValue {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
  readonly attributes?: string;
}
type EventValues = Readonly<Record<string, EventValue>>;

export interface EventRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: EventValues;
  readonly headers: EventValues;
  readonly cookies: EventValues;
}

export interface EventResponse {
  readonly statusCode: number;
  readonly statusDescription?: string;
  readonly headers: EventValues;
  readonly cookies: EventValues;
  readonly body?: string | { readonly encoding?: "text" | "base64"; readonly data: string };
}

export interface EventContext {
  readonly distributionDomainName: string;
  readonly distributionId: string;
  readonly eventType: "viewer-request" | "viewer-response";
  readonly requestId: string;
}

/** A request as functions see it: names in lower case, cookies apart, query values as they came. */
export function eventRequest(method: string, target: string, headers: HeaderLines): EventRequest {
  const mark = target.indexOf("?");
  return {
    method,
    uri: mark < 0 ? target : target.slice(0, mark),
    querystring: grouped(mark < 0 ? [] : pairsOf(target.slice(mark + 1), "&")),
    headers: groupedHeaders(withoutHeaders(headers, ["cookie"])),
    cookies: grouped(pairsOf(headerValue(headers, "cookie") ?? "", ";")),
  };
}

/** Path and query of a request that a function gave back. */
export function targetOf({ uri, querystring }: Pick<EventRequest, "uri" | "querystring">): string {
  const query = joinPairs(ungrouped(querystring), "&");
  return query === "" ? uri : `${uri}?${query}`;
}

/** Headers of a request that a function gave back, its cookies among them. */
export function requestHeaders({ headers, cookies }: Pick<EventRequest, "headers" | "cookies">): HeaderLines {
  const jar = joinPairs(ungrouped(cookies), "; ");
  return jar === "" ? ungrouped(headers) : [...ungrouped(headers), ["cookie", jar]];
}

/** A response as functions see it; its cookies are those of `Set-Cookie`. */
export function eventResponse(status: number, headers: HeaderLines, reason = ""): EventResponse {
  const cookies = headers.filter(([name]) => name.toLowerCase() === "set-cookie");
  return {
    statusCode: status,
    statusDescription: reason,
    headers: groupedHeaders(withoutHeaders(headers, ["set-cookie"])),
    cookies: Object.fromEntries(cookies.map(([, line]) => setCookie(line))),
  };
}

/** Headers of a response that a function made or gave back. */
export function responseHeaders({ headers = {}, cookies = {} }: Partial<EventResponse>): HeaderLines {
  const set = Object.entries(cookies).flatMap(([name, cookie]): HeaderLine[] =>
    [cookie, ...(cookie.multiValue ?? []).slice(1)].map(({ value, ...more }) => {
      const attributes = "attributes" in more ? more.attributes : cookie.attributes;
      return ["set-cookie", `${name}=${value}${attributes ? `; ${attributes}` : ""}`];
    }),
  );
  return [...ungrouped(headers), ...set];
}

/** The body of a response that a function made. */
export function responseBody({ body }: Pick<EventResponse, "body">): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (typeof body === "string") return Buffer.from(body);
  return Buffer.from(body.data, body.encoding === "base64" ? "base64" : "utf8");
}

function setCookie(line: string): [string, EventValue] {
  const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
  const equals = pair.indexOf("=");
  const value = { value: pair.slice(equals + 1) };
  return [
    pair.slice(0, equals),
    attributes.length === 0 ? value : { ...value, attributes: attributes.join("; ") },
  ];
}

function grouped(lines: HeaderLines): EventValues {
  const values = Map.groupBy(lines, ([name]) => name);
  return Object.fromEntries(
    [...values].map(([name, found]) => [name, eventValue(found.map(([, value]) => value))]),
  );
}

function groupedHeaders(lines: HeaderLines): EventValues {
  return grouped(lines.map(([name, value]) => [name.toLowerCase(), value]));
}

function eventValue(values: readonly string[]): EventValue {
  const [value = ""] = values;
  return values.length < 2 ? { value } : { value, multiValue: values.map((one) => ({ value: one })) };
}

function ungrouped(values: EventValues): HeaderLine[] {
  return Object.entries(values).flatMap(([name, { value, multiValue }]): HeaderLine[] =>
    (multiValue ?? [{ value }]).map((one) => [name, one.value]),
  );
}
