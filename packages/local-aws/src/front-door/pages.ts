import type { IncomingMessage } from "node:http";
import { type HttpPlane, ServiceError } from "../service.ts";
import { corsHeaders } from "./bucket-cors.ts";
import { objectOf } from "./s3-place.ts";
import type { Signature } from "./signature.ts";
import type { Unsigned } from "./unsigned.ts";
import type { House } from "./visit.ts";

/**
 * Which pages of a browser may use the endpoint: none, but for calls that bear an authority of their own. Any page that a browser shows
 * can send requests to loopback, and our callers' signatures are not secret; so a request that a browser marks as its own is refused.
 * Browsers send `Sec-Fetch-Site` to loopback with every request (https://www.w3.org/TR/fetch-metadata/), and `Origin` with those
 * that read or change something across origins (https://fetch.spec.whatwg.org/#origin-header); programs send neither.
 */
export function isFromBrowser({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers["sec-fetch-site"] !== undefined;
}

/** Why a plane does not answer a browser; undefined where it does. */
export function planeRefusal(plane: HttpPlane, request: IncomingMessage): ServiceError | undefined {
  if (plane.pages === "all" || !isFromBrowser(request)) return undefined;
  return plane.pages === "own" && isOwn(request) ? undefined : refusalOf(request);
}

/** The person's own navigation, or a page of the very same host. */
function isOwn({ headers }: IncomingMessage): boolean {
  const { origin, host, "sec-fetch-site": site } = headers;
  const isSame = origin === undefined || origin === `http://${host}`;
  return isSame && (site === undefined || site === "none" || site === "same-origin");
}

/** What a call rests on, as far as a page may have sent it. */
export type Authority = { readonly kind: "signed"; readonly signature: Signature } | Unsigned;

/** The headers for an answer that a page may read, or why a page is refused. */
export type Admission =
  | { readonly kind: "admitted"; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: "refused"; readonly error: ServiceError };

type Cors = Pick<House, "corsOf">;

/** Whether a call is let in, seen from where it comes. */
export async function admitCall(
  request: IncomingMessage,
  authority: Authority,
  cors: Cors,
): Promise<Admission> {
  if (!isFromBrowser(request)) return admitted({});
  switch (authority.kind) {
    case "operation":
    case "keys":
      return admitted(forEverybody);
    case "object":
    case "form":
      return admitToBucket(request, cors);
    case "signed": {
      const { isPresigned, service } = authority.signature;
      return isPresigned && service === "s3" ? admitToBucket(request, cors) : refused(request);
    }
    case "refused":
      return refused(request);
  }
}

/**
 * S3 itself answers whatever bears a signature and leaves it to the browser to withhold the answer. Signatures are not checked here, so
 * a page that changes or reads something must be one that the bucket's rules name; what a page merely shows (an image, a
 * download) sends no `Origin` and stays unreadable to it.
 */
async function admitToBucket(request: IncomingMessage, cors: Cors): Promise<Admission> {
  const { headers, method = "GET" } = request;
  const isRead = method === "GET" || method === "HEAD";
  if (headers.origin === undefined) return isRead ? admitted({}) : refused(request);
  const found = await bucketHeaders(request, { origin: headers.origin, method, headers: [] }, cors);
  return found === undefined ? refused(request) : admitted(found);
}

function bucketHeaders(
  request: IncomingMessage,
  asked: Parameters<typeof corsHeaders>[1],
  { corsOf }: Cors,
): Promise<ReturnType<typeof corsHeaders>> {
  const { bucket } = objectOf(request.headers.host, (request.url ?? "/").split("?")[0] ?? "/");
  return corsOf(bucket).then((rules) => corsHeaders(rules, asked));
}

/** As Cognito and STS answer pages: https://docs.aws.amazon.com/cognito/latest/developerguide/ */
const forEverybody = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
};

/** What a page may announce to an unsigned operation. `authorization` is not among them: a signed call is none for a page. */
const openHeaders: ReadonlySet<string> = new Set([
  "content-type",
  "cache-control",
  "x-amz-target",
  "x-amz-user-agent",
  "x-amz-content-sha256",
  "amz-sdk-invocation-id",
  "amz-sdk-request",
]);

/** Answers `OPTIONS`: by the bucket's rules, or for the unsigned operations, which are all sent to the root by POST. */
export async function admitPreflight(request: IncomingMessage, cors: Cors): Promise<Admission> {
  const { headers, url = "/" } = request;
  const method = headers["access-control-request-method"];
  if (headers.origin === undefined || method === undefined) return { kind: "refused", error: insufficient() };
  const names = (headers["access-control-request-headers"] ?? "").split(",").map((name) => name.trim());
  const asked = { origin: headers.origin, method, headers: names.filter((name) => name !== "") };
  const { bucket } = objectOf(headers.host, url.split("?")[0] ?? "/");
  if (bucket === "") return preflightToRoot(asked);
  const found = await bucketHeaders(request, asked, cors);
  return found === undefined ? { kind: "refused", error: forbidden() } : admitted(found);
}

function preflightToRoot(asked: Parameters<typeof corsHeaders>[1]): Admission {
  const isOpen =
    asked.method === "POST" && asked.headers.every((name) => openHeaders.has(name.toLowerCase()));
  if (!isOpen) return { kind: "refused", error: forbidden() };
  return admitted({
    ...forEverybody,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": [...openHeaders].join(","),
    "access-control-max-age": "172800",
  });
}

function admitted(headers: Readonly<Record<string, string>>): Admission {
  return { kind: "admitted", headers };
}

function refused(request: IncomingMessage): Admission {
  return { kind: "refused", error: refusalOf(request) };
}

function refusalOf({ headers }: IncomingMessage): ServiceError {
  const page = headers.origin === undefined ? "A browser" : `A page of ${headers.origin}`;
  return new ServiceError("PageNotAllowed", `${page} may not use this endpoint`, 403);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html */
function forbidden(): ServiceError {
  return new ServiceError("AccessForbidden", "CORSResponse: This CORS request is not allowed.", 403);
}

function insufficient(): ServiceError {
  return new ServiceError(
    "BadRequest",
    "Insufficient information. Origin request header and Access-Control-Request-Method are needed.",
  );
}
