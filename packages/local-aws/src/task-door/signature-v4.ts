import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { TaskRequest } from "./task-request.ts";

/** The parts of a signature of version 4, from the header or a presigned URL. */
export interface SignatureV4 {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly date: string;
  readonly token: string | undefined;
  /** Seconds for which a presigned URL is valid. */
  readonly lifetime: number | undefined;
}

/** Undefined for what bears no such signature. */
export function parseSignature({ headers, query }: TaskRequest): SignatureV4 | undefined {
  const given = headers["authorization"];
  if (given === undefined) return parsePresigned(query);
  const fields =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})\s*$/.exec(
      given,
    );
  if (fields === null) return undefined;
  const [, scope = "", signedHeaders = "", signature = ""] = fields;
  const date = headers["x-amz-date"] ?? compact(headers["date"]);
  return ofScope(scope, {
    signedHeaders,
    signature,
    date,
    token: headers["x-amz-security-token"],
    lifetime: undefined,
  });
}

function parsePresigned(query: URLSearchParams): SignatureV4 | undefined {
  if (query.get("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256") return undefined;
  return ofScope(query.get("X-Amz-Credential") ?? "", {
    signedHeaders: query.get("X-Amz-SignedHeaders") ?? "",
    signature: query.get("X-Amz-Signature") ?? "",
    date: query.get("X-Amz-Date") ?? "",
    token: query.get("X-Amz-Security-Token") ?? undefined,
    lifetime: Number(query.get("X-Amz-Expires") ?? 0),
  });
}

function compact(date: string | undefined): string {
  const instant = Date.parse(date ?? "");
  return Number.isNaN(instant) ? "" : new Date(instant).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
}

function ofScope(
  scope: string,
  rest: Pick<SignatureV4, "signature" | "date" | "token" | "lifetime"> & { readonly signedHeaders: string },
): SignatureV4 | undefined {
  const [, accessKeyId = "", day = "", region = "", service = ""] =
    /^([A-Z0-9]{16,128})\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/.exec(scope) ?? [];
  if (accessKeyId === "" || !rest.date.startsWith(day)) return undefined;
  return { ...rest, accessKeyId, day, region, service, signedHeaders: rest.signedHeaders.split(";") };
}

/** Why a signature is not valid at an instant; AWS allows clocks to differ by 15 minutes. */
export function isTimely({ date, lifetime }: SignatureV4, now: Date): boolean {
  const text = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const age = (now.getTime() - Date.parse(text)) / 1000;
  return lifetime === undefined
    ? Math.abs(age) <= 900
    : age >= -900 && age <= lifetime && lifetime <= 604_800;
}

/**
 * Whether the secret made the signature.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * `body` is undefined where it is streamed: the signed header then says its hash.
 */
export function isSignedWith(
  secret: string,
  given: SignatureV4,
  request: TaskRequest,
  body: Buffer | undefined,
): boolean {
  const hash = payloadHash(given, request, body);
  if (hash === undefined) return false;
  const canonical = [
    request.method,
    canonicalPath(request.path, given.service),
    canonicalQuery(request.rawQuery),
    ...given.signedHeaders.map(
      (name) => `${name}:${(request.headers[name] ?? "").trim().replaceAll(/ +/g, " ")}`,
    ),
    "",
    given.signedHeaders.join(";"),
    hash,
  ].join("\n");
  const scope = `${given.day}/${given.region}/${given.service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", given.date, scope, sha256(canonical)].join("\n");
  const key = [given.day, given.region, given.service, "aws4_request"].reduce<Buffer>(
    hmac,
    Buffer.from(`AWS4${secret}`),
  );
  const expected = hmac(key, text);
  const signature = Buffer.from(given.signature, "hex");
  return (
    given.signedHeaders.includes("host") &&
    signature.length === expected.length &&
    timingSafeEqual(signature, expected)
  );
}

function payloadHash({ lifetime, service }: SignatureV4, { headers }: TaskRequest, body: Buffer | undefined) {
  const said = headers["x-amz-content-sha256"];
  if (lifetime !== undefined && service === "s3") return said ?? "UNSIGNED-PAYLOAD";
  if (body === undefined) return said;
  const real = sha256(body);
  // S3's clients may leave the body out of the signature; others may not.
  return said === undefined || said === real ? real : service === "s3" ? said : undefined;
}

function sha256(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** S3 signs the path as it is sent; the others sign it encoded once more, without dots and empty parts. */
function canonicalPath(path: string, service: string): string {
  if (service === "s3")
    return path
      .split("/")
      .map((part) => encode(decode(part)))
      .join("/");
  const parts: string[] = [];
  for (const part of path.split("/").filter((one) => one !== "" && one !== ".")) {
    if (part === "..") parts.pop();
    else parts.push(encode(part));
  }
  const tail = path.endsWith("/") && parts.length > 0 ? "/" : "";
  return `/${parts.join("/")}${tail}`;
}

function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [encode(decode(name)), encode(decode(value.join("=")))] as const;
    })
    .filter(([name]) => name !== "X-Amz-Signature")
    .sort(([left, first], [right, second]) => order(left, right) || order(first, second))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
