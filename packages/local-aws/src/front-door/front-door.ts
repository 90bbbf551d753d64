import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ServiceModel } from "../codec/model.ts";
import type { WireRequest } from "../codec/wire.ts";
import { type HttpPlane, ServiceError } from "../service.ts";
import { answer } from "./answering.ts";
import { isForm, mostOf, readBody } from "./body.ts";
import { recordCall } from "./call-log.ts";
import { faultError } from "./faults.ts";
import { isEndpointHost } from "./hosts.ts";
import { endWhenSilent, type Limits, limits } from "./limits.ts";
import { operationName } from "./models.ts";
import { type Authority, admitCall, admitPreflight, planeRefusal } from "./pages.ts";
import { sendProblem } from "./problem.ts";
import { getRefusal } from "./reads.ts";
import { signatureOf } from "./signature.ts";
import { unsignedCall } from "./unsigned.ts";
import type { House, Visit } from "./visit.ts";
import { wireRequest } from "./wire-request.ts";

/** The one HTTP server: data planes first, then AWS calls by the service they are signed for. */
export function createFrontDoor(house: House, allowed: Limits = limits): Server {
  const options = {
    // Uploads may last; Node would end a request after five minutes. Its other limits are derived from this one unless given.
    requestTimeout: 0,
    headersTimeout: allowed.head,
    connectionsCheckingInterval: Math.min(allowed.head, 5000),
    keepAliveTimeout: allowed.idle,
  };
  const server = createServer(options, (request, response) => {
    endWhenSilent(request, allowed.body);
    void receive(house, request, response);
  });
  server.maxConnections = allowed.connections;
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
  const { request } = visit;
  const plane = house.planes.find((each) => each.claims(request));
  if (plane !== undefined) return servePlane(house, plane, visit);
  const { host } = request.headers;
  if (!isEndpointHost(host)) {
    return refuse(
      house,
      visit,
      new ServiceError("InvalidHost", `${host} is not a host of this endpoint`, 403),
    );
  }
  return request.method === "OPTIONS" ? answerPreflight(house, visit) : receiveCall(house, visit);
}

function servePlane(house: House, plane: HttpPlane, visit: Visit): Promise<void> {
  const refusal = planeRefusal(plane, visit.request);
  if (refusal !== undefined) return refuse(house, visit, refusal);
  visit.record.by = "plane";
  return plane.serve(visit.request, visit.response);
}

async function answerPreflight(house: House, visit: Visit): Promise<void> {
  const admission = await admitPreflight(visit.request, house);
  if (admission.kind === "refused") return refuse(house, visit, admission.error);
  visit.record.by = "cors";
  visit.request.resume();
  visit.response.writeHead(200, { ...admission.headers, "content-length": 0 }).end();
}

/** From the head to the answer: who sent it, what it is, then the answer. */
async function receiveCall(house: House, visit: Visit): Promise<void> {
  const { request, signature } = visit;
  const model = signature === undefined ? undefined : await house.models.bySigningName(signature.service);
  // A signed call of a page is refused before its body is read.
  const early =
    signature === undefined ? undefined : await admitCall(request, { kind: "signed", signature }, house);
  if (early?.kind === "refused") return refuse(house, visit, early.error, model);
  const body = await bodyOf(visit);
  const call = wireRequest(request, body ?? Buffer.alloc(0));
  const authority = await authorityOf(house, visit, call);
  if (authority.kind === "refused") return refuse(house, visit, authority.error, authority.model);
  const admission = early ?? (await admitCall(request, authority, house));
  if (admission.kind === "refused") return refuse(house, visit, admission.error, model);
  const refusal = getRefusal(model, call);
  if (refusal !== undefined) return refuse(house, visit, refusal, model);
  visit.response.setHeaders(new Map(Object.entries(admission.headers)));
  if (strike(house, visit, call, model)) return;
  return answer(house, { ...visit, body });
}

/** A body says what is asked for, but S3's, which are streamed past; so are those of browsers' uploads, which bear no signature. */
async function bodyOf({ request, signature }: Visit): Promise<Buffer | undefined> {
  if (signature?.service === "s3") return undefined;
  const isCall = signature !== undefined || isForm(request) || request.headers["x-amz-target"] !== undefined;
  return isCall ? readBody(request, mostOf(request, signature?.service)) : undefined;
}

function authorityOf(house: House, { signature }: Visit, call: WireRequest): Promise<Authority> | Authority {
  if (signature !== undefined) return { kind: "signed", signature };
  return unsignedCall(call, house.models, house.isPublic);
}

/** Answers an error in the form of the service that the call is signed for; its body is of no interest any more. */
async function refuse(house: House, visit: Visit, error: ServiceError, model?: ServiceModel): Promise<void> {
  visit.record.by = "refused";
  visit.request.resume();
  const { service } = visit.signature ?? {};
  const known = model ?? (service === undefined ? undefined : await house.models.bySigningName(service));
  sendProblem(visit.response, known, error);
}

/** Lets the call fail where a fault is due, and says so. Faults are for signed calls. */
function strike(house: House, visit: Visit, call: WireRequest, model: ServiceModel | undefined): boolean {
  const { request, response, record, signature } = visit;
  if (house.faults === undefined || signature === undefined) return false;
  const operation = operationName(model, call);
  const kind = house.faults.next(signature.service, operation);
  if (kind === undefined) return false;
  Object.assign(record, { by: "order", operation });
  request.resume();
  if (kind === "drop") request.socket.destroy();
  // Of a time-out nothing is heard; the client gives up.
  else if (kind !== "timeout") sendProblem(response, model, faultError(kind, signature.service));
  return true;
}

/** Whatever was thrown on the way, the client gets an answer, or sees the connection break if one had begun. */
function collapse(house: House, visit: Visit, error: unknown): void {
  const { request, response } = visit;
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  request.resume();
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
  const isRefused = plane === undefined || planeRefusal(plane, request) !== undefined;
  if (!isRefused && plane.upgrade !== undefined) plane.upgrade(request, socket, head);
  else socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}
