import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ServiceModel } from "../codec/model.ts";
import { childrenNamed, parseXml } from "../codec/xml.ts";
import { mostOf, readBody } from "../front-door/body.ts";
import { type CallRecord, recordCall } from "../front-door/call-log.ts";
import { limits } from "../front-door/limits.ts";
import { sendProblem } from "../front-door/problem.ts";
import type { House } from "../front-door/visit.ts";
import type { Demand, Facts } from "../iam/calls/call.ts";
import type { Catalogue } from "../iam/calls/catalogue.ts";
import { demandsOf } from "../iam/calls/demands.ts";
import { s3DemandsOf, s3KnownKeys } from "../iam/calls/s3.ts";
import { callsOf } from "../iam/calls/services.ts";
import type { Clock } from "../platform.ts";
import { type HttpPlane, ServiceError } from "../service.ts";
import { forward, outgoingOf } from "./forward.ts";
import { refusalOf } from "./judge.ts";
import type { FindKey, Key } from "./key.ts";
import { denial, keyRefusal } from "./refusals.ts";
import { isSignedWith, isTimely, parseSignature, type SignatureV4 } from "./signature-v4.ts";
import { type TaskRequest, taskRequest } from "./task-request.ts";
import { type Understood, understand } from "./understand.ts";
import { answerUnsigned } from "./unsigned-call.ts";

/** What the doors of all tasks have in common. */
export interface TaskDoorParts {
  readonly house: House;
  readonly findKey: FindKey;
  readonly facts: Facts;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: CallRecord;
}

/**
 * The endpoint as the containers of one task reach it: what is public on AWS too (sites, load balancers), the task's own metadata, and
 * calls that bear a key of IAM or STS and that the key's policies allow. What is allowed goes on to the services, written anew.
 */
export function createTaskDoor(parts: TaskDoorParts, own: HttpPlane): Server {
  const planes = [own, ...parts.house.planes.filter((plane) => plane.pages === "all")];
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: limits.idle }, (request, response) => {
    const visit = { request, response, record: recordCall(request, response, parts.house.calls) };
    receive(parts, planes, visit).catch((error: unknown) => collapse(parts, visit, error));
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const plane = planes.find((each) => each.claims(request));
    if (plane?.upgrade !== undefined) plane.upgrade(request, socket, head);
    else socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  return server;
}

async function receive(parts: TaskDoorParts, planes: readonly HttpPlane[], visit: Visit): Promise<void> {
  const plane = planes.find((each) => each.claims(visit.request));
  if (plane !== undefined) {
    visit.record.by = "plane";
    return plane.serve(visit.request, visit.response);
  }
  const head = taskRequest(visit.request, Buffer.alloc(0));
  const signature = parseSignature(head);
  if (signature !== undefined) return receiveCall(parts, visit, head, signature);
  const error = await answerUnsigned(parts.house, visit, head);
  if (error !== undefined) refuse(visit, error.model, error.error);
}

async function receiveCall(
  parts: TaskDoorParts,
  visit: Visit,
  head: TaskRequest,
  signature: SignatureV4,
): Promise<void> {
  const { house } = parts;
  Object.assign(visit.record, { service: signature.service, accessKeyId: signature.accessKeyId });
  const body = await bodyOf(visit.request, head, signature);
  const request = taskRequest(visit.request, body ?? Buffer.alloc(0));
  const key = await parts.findKey(signature.accessKeyId);
  const fault = keyFault(key, signature, request, body, parts.clock.now());
  const model = await house.models.bySigningName(signature.service);
  if (key === undefined || fault !== undefined)
    return refuse(visit, model, keyRefusal(fault ?? "unknown key", model));
  const understood = await understand(signature, request, house.models);
  visit.record.operation = nameOf(understood, visit.record);
  const refusal = await judge(parts, key, signature, request, understood);
  if (refusal !== undefined || understood.kind === "unclear") {
    return refuse(visit, understood.model, denial(understood.model, refusal ?? "Access Denied"));
  }
  visit.record.by = "task";
  const host = `${house.settings.host}:${house.settings.port}`;
  const outgoing = outgoingOf(host, signature, request, body, understood);
  await forward(house.settings.socket, outgoing, visit.request, visit.response);
}

/** S3's bodies stream past, but for the list of keys to delete. */
async function bodyOf(
  request: IncomingMessage,
  { query }: TaskRequest,
  { service }: SignatureV4,
): Promise<Buffer | undefined> {
  const streams = service === "s3" && !query.has("delete");
  return streams ? undefined : readBody(request, mostOf(request, service));
}

function keyFault(
  key: Key | undefined,
  signature: SignatureV4,
  request: TaskRequest,
  body: Buffer | undefined,
  now: Date,
): Parameters<typeof keyRefusal>[0] | undefined {
  if (key === undefined || key.token !== signature.token) return "unknown key";
  if (key.expires !== undefined && Date.parse(key.expires) <= now.getTime()) return "expired";
  const isValid = isTimely(signature, now) && isSignedWith(key.secret, signature, request, body);
  return isValid ? undefined : "bad signature";
}

function nameOf(understood: Understood, { operation }: CallRecord): string {
  if (understood.kind === "operation") return understood.match.operation.name;
  return understood.kind === "name" ? understood.operation : operation;
}

/** AWS's message where the key's policies do not allow the call; undefined where they do. */
async function judge(
  parts: TaskDoorParts,
  key: Key,
  { region }: SignatureV4,
  request: TaskRequest,
  understood: Understood,
): Promise<string | undefined> {
  const { house, clock } = parts;
  // https://docs.aws.amazon.com/cognito/latest/developerguide/security_iam_service-with-iam.html
  if (isForEverybody(understood)) return undefined;
  const demands = await demandsFor(parts, key, region, request, understood);
  if (demands === undefined) {
    const what =
      understood.kind === "unclear" ? understood.reason : "local-aws does not know the actions it takes";
    house.log.warn(`IAM: ${request.method} ${request.path} by ${key.arn} is denied: ${what}`);
    return `User: ${key.arn} is not authorized to perform this call: ${what}`;
  }
  const known =
    understood.kind === "s3" ? s3KnownKeys : (callsOf(understood.model?.name ?? "").knownKeys ?? []);
  return refusalOf(key, demands, { now: clock.now(), region, known, log: house.log });
}

/** Users of a pool sign in without permissions of ours. STS's such operations are refused: their tokens are verified by nobody here. */
function isForEverybody(understood: Understood): boolean {
  if (understood.kind !== "operation" || !understood.model.name.startsWith("cognito-")) return false;
  return understood.match.operation.authtype === "none";
}

async function demandsFor(
  { catalogue, facts }: TaskDoorParts,
  { account }: Key,
  region: string,
  request: TaskRequest,
  understood: Understood,
): Promise<readonly Demand[] | undefined> {
  if (understood.kind === "unclear") return undefined;
  if (understood.kind === "s3") {
    return s3DemandsOf(
      request.query.has("delete")
        ? { ...understood.request, deleted: deletedIn(request) }
        : understood.request,
    );
  }
  const place = { region, account };
  const { model } = understood;
  const call =
    understood.kind === "name"
      ? { operation: understood.operation, input: {} }
      : { operation: understood.match.operation.name, input: { ...Object(understood.input) } };
  return demandsOf({ ...call, model: model.name, place }, catalogue, facts);
}

function deletedIn({ body }: TaskRequest): readonly { readonly key: string; readonly hasVersion: boolean }[] {
  return childrenNamed(parseXml(body.toString("utf8")), "Object").map((one) => ({
    key: childrenNamed(one, "Key")[0]?.text ?? "",
    hasVersion: childrenNamed(one, "VersionId").length > 0,
  }));
}

function refuse(
  { request, response, record }: Visit,
  model: ServiceModel | undefined,
  error: ServiceError,
): void {
  record.by = "refused";
  request.resume();
  sendProblem(response, model, error);
}

function collapse({ house }: TaskDoorParts, { request, response, record }: Visit, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  request.resume();
  const isOurs = !(error instanceof ServiceError);
  if (isOurs) {
    record.by = "fault";
    house.log.warn(`${record.operation} of a task failed`, { error });
  }
  const shown = isOurs
    ? new ServiceError("InternalFailure", "local-aws failed; its log says why", 500)
    : error;
  sendProblem(response, undefined, shown);
}
