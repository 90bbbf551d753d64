import type { IncomingMessage } from "node:http";

/** Who signed a call, and for which service. Signatures themselves are not checked. */
export interface Signature {
  readonly accessKeyId: string;
  /** Absent from SigV4A scopes. */
  readonly region?: string;
  /** The signing name, e.g. `elasticloadbalancing`. */
  readonly service: string;
  /** Whether the URL carries it: a link made for somebody else to use. */
  readonly isPresigned: boolean;
}

/**
 * Reads the credential scope from the header or, for presigned URLs, from the query string; of the second version, which only S3 still
 * accepts, the access key. The header is read from its start, as moto reads it: a scope further on would name another service to us.
 */
export function signatureOf(request: IncomingMessage): Signature | undefined {
  const authorization = request.headers.authorization ?? "";
  const header = /^AWS4-[A-Z0-9-]+\s+Credential=([^,\s]+)/.exec(authorization)?.[1];
  if (header !== undefined) return parseScope(header, false);
  const query = new URLSearchParams((request.url ?? "").split("?")[1]);
  const scope = query.get("X-Amz-Credential");
  if (scope !== null) return parseScope(scope, true);
  const old = /^AWS ([^:\s]+):\S/.exec(authorization)?.[1];
  if (old !== undefined) return { accessKeyId: old, service: "s3", isPresigned: false };
  const presigned = query.has("Signature") ? query.get("AWSAccessKeyId") : null;
  return presigned === null ? undefined : { accessKeyId: presigned, service: "s3", isPresigned: true };
}

/** `key/date/region/service/aws4_request`; SigV4A has no region: the call names its regions in a header. */
function parseScope(scope: string, isPresigned: boolean): Signature | undefined {
  const parts = scope.split("/");
  if (parts.at(-1) !== "aws4_request") return undefined;
  const [accessKeyId = "", , ...rest] = parts.slice(0, -1);
  const [first, second] = rest;
  if (first === undefined) return undefined;
  return second === undefined
    ? { accessKeyId, service: first, isPresigned }
    : { accessKeyId, region: first, service: second, isPresigned };
}
