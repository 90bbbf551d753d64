import { randomUUID } from "node:crypto";
import type { WireRequest, WireResponse } from "../codec/wire.ts";
import type { Log, Settings } from "../platform.ts";
import { askMoto, type Call, ServiceError } from "../service.ts";
import type { ServedCall } from "./own-services.ts";
import type { Signature } from "./signature.ts";

/** Runs one of our operations; `askMoto` where the operation leaves the answer to moto. */
export async function answerOwnCall(
  served: ServedCall,
  request: WireRequest,
  signature: Signature | undefined,
  settings: Settings,
  log: Log,
): Promise<WireResponse | typeof askMoto> {
  const call = callOf(served, signature, settings);
  const { codec, service, match } = served;
  try {
    const operation = service.operations[match.operation.name];
    if (operation === undefined) return askMoto;
    const output = await operation(codec.decode(match, request), call);
    return output === askMoto ? askMoto : codec.encode(match.operation, output, call.requestId);
  } catch (error) {
    return codec.encodeError(
      error instanceof ServiceError ? error : ownFault(error, call, log),
      call.requestId,
    );
  }
}

function callOf(served: ServedCall, signature: Signature | undefined, settings: Settings): Call {
  return {
    service: served.service.model,
    operation: served.match.operation.name,
    accountId: settings.accountId,
    region: signature?.region ?? settings.region,
    accessKeyId: signature?.accessKeyId ?? "",
    requestId: randomUUID(),
  };
}

/** Anything but a ServiceError is a bug of ours; the caller is told so, and the log has where. */
function ownFault(error: unknown, call: Call, log: Log): ServiceError {
  log.warn(`${call.service}.${call.operation} failed`, { requestId: call.requestId, error });
  const message = error instanceof Error ? error.message : String(error);
  return new ServiceError("InternalFailure", `local-aws: ${message} (request ${call.requestId})`, 500);
}
