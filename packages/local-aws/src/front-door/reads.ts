import type { ServiceModel } from "../codec/model.ts";
import { formOf } from "../codec/query.ts";
import type { WireRequest } from "../codec/wire.ts";
import { ServiceError } from "../service.ts";

/**
 * Why a call is refused that GET or HEAD carries: whatever can follow a link could send it. Those methods change nothing: by the Query
 * protocols they carry what only reads, by the JSON and CBOR protocols, which AWS answers by POST alone, nothing at all. The
 * REST protocols say by the method what a call does.
 */
export function getRefusal(model: ServiceModel | undefined, request: WireRequest): ServiceError | undefined {
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const { "x-amz-target": target, "smithy-protocol": smithy } = request.headers;
  if (target !== undefined || smithy !== undefined) return mustBePosted("A call of this protocol");
  const actions = formOf(request).getAll("Action");
  const changing = actions.find((action) => !isRead(action));
  if (changing !== undefined) return mustBePosted(changing);
  return actions.length > 0 || isByMethod(model) ? undefined : mustBePosted("A call of this protocol");
}

function isRead(action: string): boolean {
  return /^(Describe|List|Get)[A-Z]/.test(action);
}

/** Where no model is known, moto has no more than the method and the path to go by. */
function isByMethod(model: ServiceModel | undefined): boolean {
  return model === undefined || model.metadata.protocol.startsWith("rest");
}

function mustBePosted(what: string): ServiceError {
  return new ServiceError("MethodNotAllowed", `${what} must be sent by POST`, 405);
}
