import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { formOf } from "../codec/query.ts";
import type { SignatureV4 } from "./signature-v4.ts";
import type { TaskRequest } from "./task-request.ts";
import type { Understood } from "./understand.ts";

/** What goes on to the services: what was judged, written anew. */
export interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where the body streams past. */
  readonly body: Buffer | undefined;
}

/** Headers that carry a call's content. Others could be read as parameters behind the door. */
const content =
  /^(x-amz-.*|content-.*|if-.*|range|cache-control|expires|accept|accept-encoding|transfer-encoding|smithy-protocol|amz-sdk-.*)$/;

/** Writes a judged call. `host` is the endpoint's own. */
export function outgoingOf(
  host: string,
  { accessKeyId, day, region, service }: Pick<SignatureV4, "accessKeyId" | "day" | "region" | "service">,
  request: TaskRequest,
  body: Buffer | undefined,
  understood: Exclude<Understood, { kind: "unclear" }>,
): Outgoing {
  const scope = `${accessKeyId}/${day}/${region}/${service}/aws4_request`;
  const headers = {
    ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => content.test(name))),
    host,
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
  };
  if (understood.kind === "s3") return s3Call(understood, request, headers, body);
  const { protocol } = understood.model.metadata;
  if (protocol.startsWith("rest")) return { method: request.method, path: pathOf(request), headers, body };
  if (protocol === "json") return { method: "POST", path: "/", headers, body: Buffer.from(escaped(body)) };
  const form = { ...headers, "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  return { method: "POST", path: "/", headers: form, body: Buffer.from(formOf(request).toString()) };
}

/** moto looks for `&Action=…` in JSON too; an escaped `&` is the same text to a JSON parser. */
function escaped(body: Buffer | undefined): string {
  return (body ?? Buffer.alloc(0)).toString("utf8").replaceAll("&", "\\u0026");
}

function pathOf({ path, rawQuery }: TaskRequest): string {
  return rawQuery === "" ? path : `${path}?${rawQuery}`;
}

/** In the form with the bucket in the path, without what a presigned URL adds. */
function s3Call(
  { request: { bucket, key } }: Extract<Understood, { kind: "s3" }>,
  { method, query }: TaskRequest,
  headers: Outgoing["headers"],
  body: Buffer | undefined,
): Outgoing {
  const place = [bucket, ...(key === "" ? [] : key.split("/"))].map(encodeURIComponent).join("/");
  const kept = [...query].filter(
    ([name]) =>
      !/^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token)$/i.test(name),
  );
  const search = kept
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
  return { method, path: search === "" ? `/${place}` : `/${place}?${search}`, headers, body };
}

/** Sends it to the side of the front door that our own services use, and its answer back; bodies stream both ways. */
export async function forward(
  socketPath: string,
  outgoing: Outgoing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const { method, path, body } = outgoing;
  const { "content-length": length, "transfer-encoding": coding, ...rest } = outgoing.headers;
  const size = body === undefined ? sizeOf(length, coding) : { "content-length": String(body.length) };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = httpRequest(
    { socketPath, agent: false, method, path, headers: { ...rest, ...size } },
    resolve,
  );
  sent.on("error", reject);
  response.once("close", () => {
    if (!response.writableFinished) sent.destroy();
  });
  if (body !== undefined) sent.end(body);
  else pipeline(request, sent).catch(reject);
  const answer = await promise;
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, rawHeaders(answer));
  await pipeline(answer, response);
  return answer.statusCode ?? 502;
}

function sizeOf(length: string | undefined, coding: string | undefined): Readonly<Record<string, string>> {
  if (length !== undefined) return { "content-length": length };
  return coding === undefined ? {} : { "transfer-encoding": "chunked" };
}

function rawHeaders(answer: IncomingMessage): string[] {
  const own = new Set(["connection", "keep-alive", "transfer-encoding"]);
  return answer.rawHeaders.flatMap((name, index) =>
    index % 2 === 1 || own.has(name.toLowerCase()) ? [] : [name, answer.rawHeaders[index + 1] ?? ""],
  );
}
