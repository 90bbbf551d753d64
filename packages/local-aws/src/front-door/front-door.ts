import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ServiceModel } from "../codec/model.ts";
import type { Log, Settings } from "../platform.ts";
import { askMoto, type HttpPlane, ServiceError } from "../service.ts";
import { readBody } from "./body.ts";
import { type CallRecord, recordCall } from "./call-log.ts";
import { type Faults, faultError } from "./faults.ts";
import { isEndpointHost, isLocalOrigin } from "./hosts.ts";
import { type Models, operationName } from "./models.ts";
import { proxyToMoto } from "./moto-proxy.ts";
import { answerOwnCall } from "./own-call.ts";
import { type Served, type ServedCall, servedCall, servedUnder } from "./own-services.ts";
import { notImplemented, sendProblem, sendWire } from "./problem.ts";
import { type Signature, signatureOf } from "./signature.ts";
import { type IsPublic, refusalOf } from "./unsigned.ts";
import { wireRequest } from "./wire-request.ts";

/** What stands behind the door. */
export interface House {
  readonly settings: Settings;
  readonly served: readonly Served[];
  /** In the order in which they are asked. */
  readonly planes: readonly HttpPlane[];
  readonly models: Models;
  /** moto's Unix socket. */
  readonly moto: string;
  /** What went wrong with us. */
  readonly log: Log;
  /** One line for each call. */
  readonly calls: Log;
  /** Told of each call that moto has answered. */
  readonly answered?: (service: string, operation: string) => void;
  /** What may be read without a signature. */
  readonly isPublic: IsPublic;
  /** Faults that callers ordered; none where the calls are our own. */
  readonly faults?: Faults;
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: CallRecord;
  readonly signature: Signature | undefined;
}

/** A call that bears a signature. A form is read at once: it is small and names the operation; other bodies stream past. */
interface SignedVisit extends Visit {
  readonly signature: Signature;
  readonly form: Buffer | undefined;
}

/** The HTTP server of everything: data planes first, then AWS calls by the service they are signed for. */
export function createFrontDoor(house: House): Server {
  // Uploads may last; Node would end a request after five minutes.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000 }, (request, response) => {
    void receive(house, request, response);
  });
  server.on("upgrade", (request, socket, head) => upgrade(house, request, socket, head));
  return server;
}

async function receive(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const signature = signatureOf(request);
  const record = recordCall(request, response, house.calls);
  record.service = signature?.service ?? "";
  record.accessKeyId = signature?.accessKeyId ?? "";
  try {
    await direct(house, { request, response, record, signature });
  } catch (error) {
    collapse(house, { request, response, record, signature }, error);
  }
}

async function direct(house: House, visit: Visit): Promise<void> {
  const plane = house.planes.find((each) => each.claims(visit.request));
  if (plane !== undefined) {
    visit.record.by = "plane";
    return plane.serve(visit.request, visit.response);
  }
  const stranger = strangerIn(visit.request);
  if (stranger !== undefined) return refuse(house, visit, stranger);
  const { signature } = visit;
  if (signature === undefined) return answerUnsigned(house, visit);
  const signed = { ...visit, signature, form: await formIn(visit.request) };
  if (await strike(house, signed)) return;
  const ours = servedUnder(house.served, signature.service);
  return ours.length === 0 ? passToMoto(house, signed) : answerOrPass(house, signed, ours);
}

/** Why a request is none that this machine's programs would send. */
function strangerIn({ headers: { host, origin } }: IncomingMessage): ServiceError | undefined {
  if (!isEndpointHost(host))
    return new ServiceError("InvalidHost", `${host} is not a host of this endpoint`, 403);
  if (!isLocalOrigin(origin))
    return new ServiceError("InvalidOrigin", `a page of ${origin} has no business with this endpoint`, 403);
  return undefined;
}

/** Answers an error in the form of the service that the call is signed for; its body is of no interest any more. */
async function refuse(house: House, visit: Visit, error: ServiceError, model?: ServiceModel): Promise<void> {
  visit.record.by = "refused";
  visit.request.resume();
  const { service } = visit.signature ?? {};
  const known = model ?? (service === undefined ? undefined : await house.models.bySigningName(service));
  sendProblem(visit.response, known, error);
}

async function answerUnsigned(house: House, visit: Visit): Promise<void> {
  const body = await formIn(visit.request);
  const request = wireRequest(visit.request, body ?? Buffer.alloc(0));
  const refusal = await refusalOf(request, house.models, house.isPublic);
  if (refusal !== undefined) return refuse(house, visit, refusal.error, refusal.model);
  return askMotoFor(house, visit, body, operationName(undefined, request));
}

/** Lets the call fail where a fault is due, and says so. */
async function strike({ faults, models }: House, visit: SignedVisit): Promise<boolean> {
  if (faults === undefined) return false;
  const { request, response, record, form } = visit;
  const { service } = visit.signature;
  const model = await models.bySigningName(service);
  const operation = operationName(model, wireRequest(request, form ?? Buffer.alloc(0)));
  const kind = faults.next(service, operation);
  if (kind === undefined) return false;
  Object.assign(record, { by: "order", operation });
  request.resume();
  if (kind === "drop") request.socket.destroy();
  // Of a time-out nothing is heard; the client gives up.
  else if (kind !== "timeout") sendProblem(response, model, faultError(kind, service));
  return true;
}

async function answerOrPass(house: House, visit: SignedVisit, ours: readonly Served[]): Promise<void> {
  const body = visit.form ?? (await readBody(visit.request));
  const request = wireRequest(visit.request, body);
  const call = servedCall(ours, request);
  if (call === undefined) {
    const model = ours[0]?.codec.model;
    return ours.some(({ service }) => service.moto)
      ? askMotoFor(house, visit, body, operationName(model, request))
      : missing(house, visit, model, operationName(model, request));
  }
  return answerCall(house, visit, call, body);
}

async function answerCall(house: House, visit: Visit, call: ServedCall, body: Buffer): Promise<void> {
  const name = call.match.operation.name;
  visit.record.operation = name;
  visit.record.service = call.service.model;
  if (call.service.operations[name] === undefined && !call.service.moto) {
    return missing(house, visit, call.codec.model, name);
  }
  visit.record.by = "own";
  const request = wireRequest(visit.request, body);
  const answer = await answerOwnCall(call, request, visit.signature, house.settings, house.log);
  if (answer === askMoto) return askMotoFor(house, visit, body, name);
  sendWire(visit.response, answer);
}

async function formIn(request: IncomingMessage): Promise<Buffer | undefined> {
  const type = request.headers["content-type"] ?? "";
  return type.startsWith("application/x-www-form-urlencoded") ? readBody(request) : undefined;
}

async function passToMoto(house: House, visit: SignedVisit): Promise<void> {
  const request = wireRequest(visit.request, visit.form ?? Buffer.alloc(0));
  return askMotoFor(house, visit, visit.form, operationName(undefined, request));
}

async function askMotoFor(
  house: House,
  visit: Visit,
  body: Buffer | undefined,
  operation: string,
): Promise<void> {
  visit.record.by = "moto";
  visit.record.operation = operation;
  const answer = await proxyToMoto(house.moto, visit.request, visit.response, body);
  if (answer.kind === "answered") return house.answered?.(visit.record.service, operation);
  const model = await house.models.bySigningName(visit.signature?.service ?? "s3");
  const name = operationName(model, wireRequest(visit.request, body ?? Buffer.alloc(0)));
  if (answer.kind === "missing") return missing(house, visit, model, name);
  visit.record.by = "fault";
  house.log.warn(`moto failed at ${visit.record.service}.${name}`, { reason: answer.reason });
  sendProblem(visit.response, model, new ServiceError("InternalFailure", `moto: ${answer.reason}`, 500));
}

function missing(house: House, visit: Visit, model: ServiceModel | undefined, operation: string): void {
  const service = model?.name ?? visit.record.service;
  Object.assign(visit.record, { by: "missing", service, operation });
  const error = notImplemented(service, operation);
  house.log.warn(error.message);
  sendProblem(visit.response, model, error);
}

/** Whatever was thrown on the way, the client gets an answer, or sees the connection break if one had begun. */
function collapse(house: House, visit: Visit, error: unknown): void {
  const { response } = visit;
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const fault = error instanceof ServiceError ? error : unexpected(house, visit, error);
  sendProblem(response, undefined, fault);
}

function unexpected(house: House, visit: Visit, error: unknown): ServiceError {
  visit.record.by = "fault";
  house.log.warn(`${visit.record.operation} failed`, { error });
  const message = error instanceof Error ? error.message : String(error);
  return new ServiceError("InternalFailure", `local-aws: ${message}`, 500);
}

function upgrade(house: House, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const plane = house.planes.find((each) => each.claims(request));
  if (plane?.upgrade !== undefined) plane.upgrade(request, socket, head);
  else socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}
