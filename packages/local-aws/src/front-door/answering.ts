import type { ServiceModel } from "../codec/model.ts";
import { askMoto, ServiceError } from "../service.ts";
import { operationName } from "./models.ts";
import { proxyToMoto } from "./moto-proxy.ts";
import { answerOwnCall } from "./own-call.ts";
import { type Served, type ServedCall, servedCall, servedUnder } from "./own-services.ts";
import { notImplemented, sendProblem, sendWire } from "./problem.ts";
import type { House, Visit } from "./visit.ts";
import { wireRequest } from "./wire-request.ts";

/** A call that has been let in, with its body; S3's is streamed past. */
export interface AdmittedVisit extends Visit {
  readonly body: Buffer | undefined;
}

/** Answers by our own service where it has the operation, else by moto. */
export function answer(house: House, visit: AdmittedVisit): Promise<void> | void {
  const { signature } = visit;
  const ours = signature === undefined ? [] : servedUnder(house.served, signature.service);
  if (ours.length > 0) return answerOrPass(house, visit, ours);
  return askMotoFor(house, visit, operationName(undefined, requestOf(visit)));
}

function requestOf({ request, body }: AdmittedVisit) {
  return wireRequest(request, body ?? Buffer.alloc(0));
}

function answerOrPass(house: House, visit: AdmittedVisit, ours: readonly Served[]): Promise<void> | void {
  const request = requestOf(visit);
  const call = servedCall(ours, request);
  if (call !== undefined) return answerCall(house, visit, call);
  const model = ours[0]?.codec.model;
  const name = operationName(model, request);
  return ours.some(({ service }) => service.moto)
    ? askMotoFor(house, visit, name)
    : missing(house, visit, model, name);
}

async function answerCall(house: House, visit: AdmittedVisit, call: ServedCall): Promise<void> {
  const name = call.match.operation.name;
  visit.record.operation = name;
  visit.record.service = call.service.model;
  if (call.service.operations[name] === undefined && !call.service.moto) {
    return missing(house, visit, call.codec.model, name);
  }
  visit.record.by = "own";
  const found = await answerOwnCall(call, requestOf(visit), visit.signature, house.settings, house.log);
  if (found === askMoto) return askMotoFor(house, visit, name);
  sendWire(visit.response, found);
}

async function askMotoFor(house: House, visit: AdmittedVisit, operation: string): Promise<void> {
  visit.record.by = "moto";
  visit.record.operation = operation;
  const found = await proxyToMoto(house.moto, visit.request, visit.response, visit.body);
  if (found.kind === "answered") return house.answered?.(visit.record.service, operation);
  const model = await house.models.bySigningName(visit.signature?.service ?? "s3");
  const name = operationName(model, requestOf(visit));
  if (found.kind === "missing") return missing(house, visit, model, name);
  visit.record.by = "fault";
  house.log.warn(`moto failed at ${visit.record.service}.${name}`, { reason: found.reason });
  sendProblem(visit.response, model, new ServiceError("InternalFailure", `moto: ${found.reason}`, 500));
}

function missing(house: House, visit: Visit, model: ServiceModel | undefined, operation: string): void {
  const service = model?.name ?? visit.record.service;
  Object.assign(visit.record, { by: "missing", service, operation });
  const error = notImplemented(service, operation);
  house.log.warn(error.message);
  sendProblem(visit.response, model, error);
}
