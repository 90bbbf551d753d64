import { createCodec } from "../codec/codec.ts";
import { type ServiceModel, signingName } from "../codec/model.ts";
import { formOf } from "../codec/query.ts";
import type { Match } from "../codec/wire.ts";
import type { Models } from "../front-door/models.ts";
import { objectOf } from "../front-door/s3-place.ts";
import type { S3Request } from "../iam/calls/s3.ts";
import type { SignatureV4 } from "./signature-v4.ts";
import type { TaskRequest } from "./task-request.ts";

/** What a signed request of a task asks for, read in one way only. */
export type Understood =
  | { readonly kind: "s3"; readonly model: ServiceModel; readonly request: S3Request }
  | {
      readonly kind: "operation";
      readonly model: ServiceModel;
      readonly match: Match;
      readonly input: unknown;
    }
  /** An operation whose input the codec does not read (EC2's protocol). */
  | { readonly kind: "name"; readonly model: ServiceModel; readonly operation: string }
  | { readonly kind: "unclear"; readonly model: ServiceModel | undefined; readonly reason: string };

/**
 * Reads a request so that nobody behind the door can read another one in it: operation and parameters stand in one place, and the
 * service is the one that the signature names.
 */
export async function understand(
  { service }: Pick<SignatureV4, "service">,
  request: TaskRequest,
  models: Models,
): Promise<Understood> {
  const model = await modelOf(service, request, models);
  if (model === undefined) return unclear(undefined, `no service signs as ${service}`);
  if (model.name === "s3") return understandS3(model, request);
  if (hasTwoActions(request)) return unclear(model, "the operation is named more than once");
  if (model.metadata.protocol === "ec2") {
    const action = formOf(request).get("Action") ?? "";
    const isKnown = model.operations[action] !== undefined;
    return isKnown ? { kind: "name", model, operation: action } : unclear(model, "no such operation");
  }
  return decode(model, request);
}

/** Streams of DynamoDB sign with DynamoDB's name and have a model of their own; so have both generations of SES and ELB. */
async function modelOf(
  service: string,
  request: TaskRequest,
  models: Models,
): Promise<ServiceModel | undefined> {
  const target = request.headers["x-amz-target"] ?? "";
  if (service === "dynamodb" && target.startsWith("DynamoDBStreams"))
    return models.bySigningName("dynamodbstreams");
  if (service === "ses" && request.path.startsWith("/v2/")) return models.bySigningName("sesv2");
  const model = await models.bySigningName(service);
  return model !== undefined && signingNames(model).includes(service) ? model : undefined;
}

function signingNames(model: ServiceModel): readonly string[] {
  return [signingName(model), ...(model.name === "ses" ? ["email", "ses"] : [])];
}

/** moto takes an `Action` from the query string, the form or, where there is neither, a header, before the target. */
function hasTwoActions(request: TaskRequest): boolean {
  const actions = [...formOf(request).keys()].filter((name) => name === "Action").length;
  const isTargeted = request.headers["x-amz-target"] !== undefined;
  return actions > 1 || (isTargeted && (actions > 0 || request.rawQuery !== ""));
}

function decode(model: ServiceModel, request: TaskRequest): Understood {
  const codec = createCodec(model);
  const match = codec.match(request);
  if (match === undefined) return unclear(model, "no such operation");
  const isRest = model.metadata.protocol.startsWith("rest");
  if (isRest && request.query.has("Action")) return unclear(model, "a REST call names an action");
  if (!isRest && request.path !== "/") return unclear(model, "the path is not that of a call");
  return { kind: "operation", model, match, input: codec.decode(match, request) };
}

/** Paths that no service of AWS answers, or another than S3, whatever a request is signed for. */
export function isForeignPath(path: string): boolean {
  return /^\/(moto-api|latest|v20180820|_local|favicon\.ico)(\/|$)/.test(path);
}

function understandS3(model: ServiceModel, request: TaskRequest): Understood {
  const { method, path, query, headers } = request;
  if (isForeignPath(path)) return unclear(model, "the path is not one of S3");
  const { bucket, key } = objectOf(headers["host"], path);
  // A name that is not a bucket's could be read in two ways.
  if (bucket !== "" && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    return unclear(model, "the bucket's name is not one");
  }
  if (key.split("/").some((part) => part === "." || part === ".."))
    return unclear(model, "the key is a path");
  return { kind: "s3", model, request: { method, bucket, key, query, headers } };
}

function unclear(model: ServiceModel | undefined, reason: string): Understood {
  return { kind: "unclear", model, reason };
}
