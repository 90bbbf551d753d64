import type { ServiceModel } from "../codec/model.ts";
import { formOf } from "../codec/query.ts";
import type { WireRequest } from "../codec/wire.ts";
import { ServiceError } from "../service.ts";
import type { Models } from "./models.ts";
import { objectOf } from "./s3-place.ts";

/** Why AWS would answer an unsigned call, or the error with which it refuses it, in the form of the service it seems to be for. */
export type Unsigned =
  /** An operation whose service model says so: signing in to Cognito, AssumeRoleWithWebIdentity. */
  | { readonly kind: "operation" }
  /** The keys of a user pool, with which anybody may verify its tokens. */
  | { readonly kind: "keys" }
  /** A public object, or the list of a public bucket. */
  | { readonly kind: "object" }
  /** A browser's upload, whose form bears the signature. */
  | { readonly kind: "form" }
  | { readonly kind: "refused"; readonly error: ServiceError; readonly model: ServiceModel | undefined };

/** Whether anybody may read an object; with an empty key, list the bucket. */
export type IsPublic = (bucket: string, key: string) => Promise<boolean>;

export async function unsignedCall(
  request: WireRequest,
  models: Models,
  isPublic: IsPublic,
): Promise<Unsigned> {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return ofTarget(target, models);
  const action = formOf(request).get("Action");
  if (action !== null) return ofAction(action, models);
  return ofPath(request, models, isPublic);
}

/** Services of the JSON protocols that have operations without a signature, by the prefix of their targets. */
const byPrefix: Readonly<Record<string, string>> = {
  AWSCognitoIdentityProviderService: "cognito-idp",
  AWSCognitoIdentityService: "cognito-identity",
};

async function ofTarget(target: string, models: Models): Promise<Unsigned> {
  const [prefix = "", operation = ""] = target.split(".");
  const model = await models.bySigningName(byPrefix[prefix] ?? "");
  if (isOpen(model, operation)) return { kind: "operation" };
  const error = new ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token", 400);
  return { kind: "refused", error, model };
}

/** Of the services of the Query protocol only STS has such operations. */
async function ofAction(action: string, models: Models): Promise<Unsigned> {
  const model = await models.bySigningName("sts");
  if (isOpen(model, action)) return { kind: "operation" };
  const error = new ServiceError(
    "MissingAuthenticationToken",
    "Request is missing Authentication Token",
    403,
  );
  return { kind: "refused", error, model };
}

function isOpen(model: ServiceModel | undefined, operation: string): boolean {
  return model?.operations[operation]?.authtype === "none";
}

async function ofPath(request: WireRequest, models: Models, isPublic: IsPublic): Promise<Unsigned> {
  const { method, path, headers } = request;
  const isRead = method === "GET" || method === "HEAD";
  if (isRead && /\/\.well-known\/(jwks\.json|openid-configuration)$/.test(path)) return { kind: "keys" };
  if (method === "POST" && headers["content-type"]?.startsWith("multipart/form-data;") === true) {
    return { kind: "form" };
  }
  const { bucket, key } = objectOf(headers["host"], path);
  if (isRead && bucket !== "" && (await isPublic(bucket, key))) return { kind: "object" };
  const error = new ServiceError("AccessDenied", "Access Denied", 403);
  return { kind: "refused", error, model: await models.bySigningName("s3") };
}
