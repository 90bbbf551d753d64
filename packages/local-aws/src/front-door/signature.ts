import type { IncomingMessage } from "node:http";

/** Who signed a call, and for which service. Signatures themselves are not checked. */
export interface Signature {
  readonly accessKeyId: string;
  /** Absent from SigV4A scopes. */
  readonly region?: string;
  /** The signing name, e.g. `elasticloadbalancing`. */
  readonly service: string;
}

/**
 * Reads the credential scope from the header or, for presigned URLs, from the query string; of the second version, which S3 alone
 * still takes, the access key.
 */
export function signatureOf(request: IncomingMessage): Signature | undefined {
  const header = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? "")?.[1];
  const query = new URLSearchParams((request.url ?? "").split("?")[1]);
  const scope = header ?? query.get("X-Amz-Credential") ?? undefined;
  if (scope !== undefined) return parseScope(scope);
  const presigned = query.has("Signature") ? query.get("AWSAccessKeyId") : null;
  const accessKeyId =
    /^AWS ([^:\s]+):\S/.exec(request.headers.authorization ?? "")?.[1] ?? presigned ?? undefined;
  return accessKeyId === undefined ? undefined : { accessKeyId, service: "s3" };
}

/** `key/date/region/service/aws4_request`; SigV4A has no region: the call says its regions in a header. */
function parseScope(scope: string): Signature | undefined {
  const parts = scope.split("/");
  if (parts.at(-1) !== "aws4_request") return undefined;
  const [accessKeyId = "", , ...rest] = parts.slice(0, -1);
  const [first, second] = rest;
  if (first === undefined) return undefined;
  return second === undefined
    ? { accessKeyId, service: first }
    : { accessKeyId, region: first, service: second };
}
