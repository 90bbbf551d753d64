import type { ServiceModel } from "../codec/model.ts";
import { ServiceError } from "../service.ts";

type Kind = "unknown key" | "expired" | "bad signature" | "denied";

type Family = "json" | "rest-json" | "query" | "ec2" | "s3";

/** Each protocol's code and status: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html and the services' own lists. */
const codes: Readonly<Record<Family, Readonly<Record<Kind, readonly [string, number]>>>> = {
  json: {
    "unknown key": ["UnrecognizedClientException", 400],
    expired: ["ExpiredTokenException", 400],
    "bad signature": ["InvalidSignatureException", 400],
    denied: ["AccessDeniedException", 400],
  },
  "rest-json": {
    "unknown key": ["UnrecognizedClientException", 403],
    expired: ["ExpiredTokenException", 403],
    "bad signature": ["InvalidSignatureException", 403],
    denied: ["AccessDeniedException", 403],
  },
  query: {
    "unknown key": ["InvalidClientTokenId", 403],
    expired: ["ExpiredToken", 403],
    "bad signature": ["SignatureDoesNotMatch", 403],
    denied: ["AccessDenied", 403],
  },
  ec2: {
    "unknown key": ["AuthFailure", 401],
    expired: ["RequestExpired", 400],
    "bad signature": ["SignatureDoesNotMatch", 403],
    denied: ["UnauthorizedOperation", 403],
  },
  s3: {
    "unknown key": ["InvalidAccessKeyId", 403],
    expired: ["ExpiredToken", 400],
    "bad signature": ["SignatureDoesNotMatch", 403],
    denied: ["AccessDenied", 403],
  },
};

const messages: Readonly<Record<Exclude<Kind, "denied">, readonly [string, string]>> = {
  "unknown key": [
    "The security token included in the request is invalid.",
    "The AWS Access Key Id you provided does not exist in our records.",
  ],
  expired: ["The security token included in the request is expired", "The provided token has expired."],
  "bad signature": [
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  ],
};

/** The error with which a service of this model refuses a key. */
export function keyRefusal(kind: Exclude<Kind, "denied">, model: ServiceModel | undefined): ServiceError {
  const [code, status] = codes[familyOf(model)][kind];
  return new ServiceError(code, messages[kind][model?.name === "s3" ? 1 : 0], status);
}

/** The error with which it refuses what the caller's policies do not allow. */
export function denial(model: ServiceModel | undefined, message: string): ServiceError {
  // SNS has a shape of its own for it.
  if (model?.name === "sns") return new ServiceError("AuthorizationError", message, 403);
  const [code, status] = codes[familyOf(model)].denied;
  return new ServiceError(code, message, status);
}

function familyOf(model: ServiceModel | undefined): Family {
  if (model === undefined || model.name === "s3") return "s3";
  const { protocol } = model.metadata;
  if (protocol === "ec2" || protocol === "query" || protocol === "rest-json") return protocol;
  return protocol === "rest-xml" ? "query" : "json";
}
