import type { IncomingMessage, ServerResponse } from "node:http";
import { isEndpointHost } from "../front-door/hosts.ts";
import { type HttpPlane, ServiceError } from "../service.ts";
import { serveBlob } from "./registry-blobs.ts";
import { RegistryError, sendRegistryError } from "./registry-error.ts";
import { listTags, serveManifest } from "./registry-manifests.ts";
import { serveUpload, startUpload } from "./registry-uploads.ts";
import type { Room } from "./room.ts";
import { isAuthorized } from "./token.ts";
import type { Visit } from "./visit.ts";

type Serve = (visit: Visit) => Promise<void>;

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints */
const routes: readonly { readonly path: RegExp; readonly serve: Serve }[] = [
  { path: /^\/v2\/(.+)\/blobs\/uploads\/?()$/, serve: startUpload },
  { path: /^\/v2\/(.+)\/blobs\/uploads\/([\w-]+)$/, serve: serveUpload },
  { path: /^\/v2\/(.+)\/blobs\/([^/]+)$/, serve: serveBlob },
  { path: /^\/v2\/(.+)\/manifests\/([^/]+)$/, serve: serveManifest },
  { path: /^\/v2\/(.+)\/tags\/list()$/, serve: listTags },
];

/** The registry on the front door's port. Every request must carry what GetAuthorizationToken gave, as on ECR. */
export function registryPlane(room: Room): HttpPlane {
  return {
    claims: (request) => isRegistryRequest(request),
    serve: (request, response) => serve(room, request, response),
  };
}

/** API Gateway's own API lives under /v2/ as well; its calls are signed. */
function isRegistryRequest(request: IncomingMessage): boolean {
  const path = request.url ?? "";
  const signed =
    (request.headers.authorization ?? "").startsWith("AWS4-") || path.includes("X-Amz-Signature=");
  return /^\/v2(\/|$|\?)/.test(path) && !signed && isEndpointHost(request.headers.host);
}

async function serve(room: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader("docker-distribution-api-version", "registry/2.0");
  if (!isAuthorized(request.headers.authorization)) return challenge(room, response);
  const url = new URL(request.url ?? "/", "http://localhost");
  if (/^\/v2\/?$/.test(url.pathname)) {
    response.end();
    return;
  }
  try {
    await route(room, url, request, response);
  } catch (error) {
    // The body of a refused upload is not read; the connection cannot be used again.
    if (!request.complete) response.setHeader("connection", "close");
    if (error instanceof RegistryError)
      return sendRegistryError(response, error.status, error.code, error.message);
    if (error instanceof ServiceError) return sendRegistryError(response, ...asRegistryError(error));
    throw error;
  }
}

async function route(
  room: Room,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const { path, serve } of routes) {
    const match = path.exec(decodeURIComponent(url.pathname));
    if (match === null) continue;
    const [, repository = "", reference = ""] = match;
    return serve({ room, request, response, query: url.searchParams, repository, reference });
  }
  throw new RegistryError(404, "NOT_FOUND", `${url.pathname} is not part of a registry`);
}

function challenge(room: Room, response: ServerResponse): void {
  response.setHeader(
    "www-authenticate",
    `Basic realm="http://localhost:${room.settings.port}/",service="ecr.amazonaws.com"`,
  );
  sendRegistryError(
    response,
    401,
    "UNAUTHORIZED",
    "log in with the password of `aws ecr get-login-password`",
  );
}

/** ECR's errors under the names that Docker prints. */
function asRegistryError({ code, message, status }: ServiceError): readonly [number, string, string] {
  if (code === "RepositoryNotFoundException") return [404, "NAME_UNKNOWN", message];
  if (code === "ImageTagAlreadyExistsException") return [400, "TAG_INVALID", message];
  if (code === "LayersNotFoundException") return [404, "BLOB_UNKNOWN", message];
  if (code === "ReferencedImagesNotFoundException") return [404, "MANIFEST_UNKNOWN", message];
  return [status, "UNKNOWN", message];
}
