import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { createCodec } from "../codec/codec.ts";
import type { ServiceModel } from "../codec/model.ts";
import type { WireResponse } from "../codec/wire.ts";
import { renderXml, xmlElement } from "../codec/xml.ts";
import { ServiceError } from "../service.ts";

/** The error of an operation that nobody here implements. */
export function notImplemented(service: string, operation: string): ServiceError {
  return new ServiceError("NotImplemented", `${service}.${operation} is not implemented`, 501);
}

/** Answers an error where no service of ours is concerned: in the protocol of the service's model, if botocore has one. */
export function sendProblem(
  response: ServerResponse,
  model: ServiceModel | undefined,
  error: ServiceError,
): void {
  const requestId = randomUUID();
  if (model?.metadata.protocol === "ec2") {
    sendWire(response, ec2Problem(error, requestId));
    return;
  }
  if (model?.name === "s3") {
    sendWire(response, s3Problem(error, requestId));
    return;
  }
  const codec = model === undefined ? undefined : knownCodec(model);
  sendWire(response, codec?.encodeError(error, requestId) ?? plainProblem(error, requestId));
}

export function sendWire(response: ServerResponse, answer: WireResponse): void {
  // A 204 and a 304 have no body, and Node refuses to be told its length.
  const bodiless = answer.status === 204 || answer.status === 304;
  const length = bodiless ? {} : { "content-length": String(answer.body.length) };
  response.writeHead(answer.status, { ...answer.headers, ...length });
  response.end(bodiless ? undefined : answer.body);
}

function knownCodec(model: ServiceModel): ReturnType<typeof createCodec> | undefined {
  try {
    return createCodec(model);
  } catch {
    return undefined;
  }
}

/** EC2's own form, which the codec does not speak: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
function ec2Problem({ code, message, status }: ServiceError, requestId: string): WireResponse {
  const error = xmlElement("Error", [xmlElement("Code", code), xmlElement("Message", message)]);
  const root = xmlElement("Response", [xmlElement("Errors", [error]), xmlElement("RequestID", requestId)]);
  return { status, headers: { "content-type": "text/xml" }, body: Buffer.from(renderXml(root)) };
}

/** S3's own form, without a wrapper: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function s3Problem({ code, message, status }: ServiceError, requestId: string): WireResponse {
  const root = xmlElement("Error", [
    xmlElement("Code", code),
    xmlElement("Message", message),
    xmlElement("RequestId", requestId),
  ]);
  const headers = { "content-type": "application/xml", "x-amz-request-id": requestId };
  return { status, headers, body: Buffer.from(renderXml(root)) };
}

function plainProblem(error: ServiceError, requestId: string): WireResponse {
  const headers = { "x-amzn-requestid": requestId, "x-amzn-errortype": error.code };
  const json = { __type: error.code, message: error.message };
  return {
    status: error.status,
    headers: { ...headers, "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(json)),
  };
}
