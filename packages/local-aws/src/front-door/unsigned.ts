import type { ServiceModel } from "../codec/model.ts";
import { formOf } from "../codec/query.ts";
import type { WireRequest } from "../codec/wire.ts";
import { ServiceError } from "../service.ts";
import type { Models } from "./models.ts";

/** What an unsigned call is told, in the form of the service it seems to be for. */
export interface Refusal {
  readonly error: ServiceError;
  readonly model: ServiceModel | undefined;
}

/** Whether anybody may read an object; with an empty key, list the bucket. */
export type IsPublic = (bucket: string, key: string) => Promise<boolean>;

/**
 * Why an unsigned call is refused; undefined for what AWS answers without a signature as well: the operations whose service model
 * says so (signing in to Cognito, AssumeRoleWithWebIdentity), public objects, and browsers' uploads and preflights, which bear
 * their signature in the form, or none.
 */
export async function refusalOf(
  request: WireRequest,
  models: Models,
  isPublic: IsPublic,
): Promise<Refusal | undefined> {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return ofTarget(target, models);
  const action = formOf(request).get("Action");
  if (action !== null) return ofAction(action, models);
  if (await isOpen(request, isPublic)) return undefined;
  const error = new ServiceError("AccessDenied", "Access Denied", 403);
  return { error, model: await models.bySigningName("s3") };
}

/** Services of the JSON protocols that have operations without a signature, by the prefix of their targets. */
const byPrefix: Readonly<Record<string, string>> = {
  AWSCognitoIdentityProviderService: "cognito-idp",
  AWSCognitoIdentityService: "cognito-identity",
};

async function ofTarget(target: string, models: Models): Promise<Refusal | undefined> {
  const [prefix = "", operation = ""] = target.split(".");
  const model = await models.bySigningName(byPrefix[prefix] ?? "");
  if (isUnsigned(model, operation)) return undefined;
  const error = new ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token", 400);
  return { error, model };
}

/** Of the services of the Query protocol STS alone has such operations. */
async function ofAction(action: string, models: Models): Promise<Refusal | undefined> {
  const model = await models.bySigningName("sts");
  if (isUnsigned(model, action)) return undefined;
  const error = new ServiceError(
    "MissingAuthenticationToken",
    "Request is missing Authentication Token",
    403,
  );
  return { error, model };
}

function isUnsigned(model: ServiceModel | undefined, operation: string): boolean {
  return model?.operations[operation]?.authtype === "none";
}

async function isOpen(request: WireRequest, isPublic: IsPublic): Promise<boolean> {
  const { method, path, headers } = request;
  // The keys of a user pool, with which anybody may check its tokens.
  if (/\/\.well-known\/(jwks\.json|openid-configuration)$/.test(path)) return true;
  if (method === "OPTIONS") return true;
  if (method === "POST") return headers["content-type"]?.startsWith("multipart/form-data;") === true;
  if (method !== "GET" && method !== "HEAD") return false;
  const { bucket, key } = objectOf(headers["host"] ?? "", path);
  return bucket !== "" && isPublic(bucket, key);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
function objectOf(host: string, path: string): { readonly bucket: string; readonly key: string } {
  const named = /^(.+)\.s3[.-]/.exec(host)?.[1];
  const [first = "", ...rest] = decodeURIComponent(path).slice(1).split("/");
  if (named === undefined) return { bucket: first, key: rest.join("/") };
  return { bucket: named, key: [first, ...rest].join("/") };
}
