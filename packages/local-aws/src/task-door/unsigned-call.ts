import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServiceModel } from "../codec/model.ts";
import { isForm, mostOf, readBody } from "../front-door/body.ts";
import type { CallRecord } from "../front-door/call-log.ts";
import { objectOf } from "../front-door/s3-place.ts";
import { unsignedCall } from "../front-door/unsigned.ts";
import type { House } from "../front-door/visit.ts";
import { s3DemandsOf } from "../iam/calls/s3.ts";
import { ServiceError } from "../service.ts";
import { forward, type Outgoing } from "./forward.ts";
import { type TaskRequest, taskRequest } from "./task-request.ts";
import { isForeignPath } from "./understand.ts";

interface Refusal {
  readonly error: ServiceError;
  readonly model: ServiceModel | undefined;
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: CallRecord;
}

/** Answers what AWS answers without a signature, or says why it is refused. A browser's form is nothing that a container sends. */
export async function answerUnsigned(
  house: House,
  { request, response, record }: Visit,
  head: TaskRequest,
): Promise<Refusal | undefined> {
  const hasBody = isForm(request) || head.headers["x-amz-target"] !== undefined;
  const body = hasBody ? await readBody(request, mostOf(request, undefined)) : Buffer.alloc(0);
  const call = taskRequest(request, body);
  const found = isForeignPath(call.path) ? undefined : await unsignedCall(call, house.models, house.isPublic);
  if (found?.kind === "refused") return found;
  const outgoing =
    found === undefined || found.kind === "form" ? undefined : outgoingOf(house, call, found.kind);
  if (outgoing === undefined) {
    const model = await house.models.bySigningName("s3");
    return { model, error: new ServiceError("AccessDenied", "Access Denied", 403) };
  }
  record.by = "task";
  await forward(house.settings.socket, outgoing, request, response);
  return undefined;
}

function outgoingOf(
  { settings }: House,
  call: TaskRequest,
  kind: "operation" | "keys" | "object",
): Outgoing | undefined {
  const host = `${settings.host}:${settings.port}`;
  const { headers } = call;
  if (kind === "object") return objectCall(call, host);
  // The keys of a user pool stand under its id; anything else behind such a path is nobody's.
  if (kind === "keys") {
    const isPool = /^\/[\w-]+_[A-Za-z0-9]+\/\.well-known\/[\w.-]+$/.test(call.path);
    return isPool
      ? { method: call.method, path: call.path, headers: { host }, body: Buffer.alloc(0) }
      : undefined;
  }
  const target = headers["x-amz-target"];
  if (target === undefined || call.rawQuery !== "" || isForm({ headers } as IncomingMessage))
    return undefined;
  const body = Buffer.from(call.body.toString("utf8").replaceAll("&", "\\u0026"));
  const type = "application/x-amz-json-1.1";
  return { method: "POST", path: "/", headers: { host, "x-amz-target": target, "content-type": type }, body };
}

function objectCall({ method, query, path, headers }: TaskRequest, host: string): Outgoing | undefined {
  const { bucket, key } = objectOf(headers["host"], path);
  const demands = s3DemandsOf({ method, bucket, key, query, headers: {} });
  const isRead = demands?.every(({ action }) => action === "s3:GetObject" || action === "s3:ListBucket");
  if (isRead !== true) return undefined;
  const place = [bucket, ...(key === "" ? [] : key.split("/"))].map(encodeURIComponent).join("/");
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => /^(range|if-.*)$/.test(name)));
  const search = query.size === 0 ? "" : `?${query}`;
  return { method, path: `/${place}${search}`, headers: { ...kept, host }, body: Buffer.alloc(0) };
}
