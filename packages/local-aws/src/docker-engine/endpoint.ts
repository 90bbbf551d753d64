import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { RequestOptions } from "node:https";
import { join } from "node:path";
import * as z from "zod";

/** Where a Docker Engine is, as Node's `http` and `https` take it. */
export type Endpoint =
  | { readonly kind: "socket"; readonly socketPath: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number; readonly tls?: Tls };

export type Tls = Pick<RequestOptions, "ca" | "cert" | "key" | "rejectUnauthorized">;

/** What the environment says of the Engine cannot be used. */
export class EndpointError extends Error {
  override readonly name = "EndpointError";
}

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's folder. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/**
 * Finds the Engine as the `docker` command does: `DOCKER_HOST`, else the context of `DOCKER_CONTEXT` or the configuration's
 * current one, else the usual socket. See https://docs.docker.com/reference/cli/docker/#environment-variables.
 * @throws EndpointError
 */
export async function findEndpoint(surroundings: Surroundings): Promise<Endpoint> {
  const { environment, home } = surroundings;
  const { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CERT_PATH, DOCKER_TLS_VERIFY } = environment;
  const folder = environment["DOCKER_CONFIG"] || join(home, ".docker");
  if (DOCKER_HOST) {
    const isVerified = Boolean(DOCKER_TLS_VERIFY);
    const tls =
      isVerified || DOCKER_CERT_PATH ? await readTls(DOCKER_CERT_PATH || folder, isVerified) : undefined;
    return parseHost(DOCKER_HOST, "DOCKER_HOST", tls);
  }
  const context = DOCKER_CONTEXT || (await currentContext(folder));
  if (context === undefined || context === "default") return usual(surroundings);
  return contextEndpoint(folder, context);
}

/** @throws EndpointError */
export function parseHost(host: string, source: string, tls?: Tls): Endpoint {
  const refused = (what: string): never => {
    throw new EndpointError(`${source} is ${JSON.stringify(host)}; ${what}`);
  };
  const path = /^(?:unix|npipe):\/\/(.+)$/.exec(host)?.[1];
  if (path !== undefined) {
    return { kind: "socket", socketPath: host.startsWith("npipe:") ? path.replaceAll("/", "\\") : path };
  }
  if (host.startsWith("ssh://")) {
    return refused(
      "Docker over SSH is not supported. Forward its socket (`ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST`) and set DOCKER_HOST=unix:///tmp/docker.sock",
    );
  }
  const url = URL.parse(host.replace(/^tcp:/, host.startsWith("tcp:") && tls ? "https:" : "http:"));
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "") {
    return refused("use unix:///path, npipe:////./pipe/name, tcp://host:port or https://host:port");
  }
  const isTls = tls !== undefined || url.protocol === "https:";
  return {
    kind: "tcp",
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (isTls ? 2376 : 2375),
    ...(isTls && { tls: tls ?? {} }),
  };
}

function usual({ platform }: Surroundings): Endpoint {
  if (platform === "win32") return { kind: "socket", socketPath: "\\\\.\\pipe\\docker_engine" };
  return { kind: "socket", socketPath: "/var/run/docker.sock" };
}

const configuration = z.object({ currentContext: z.string().optional() });
const contextMeta = z.object({
  Endpoints: z.object({
    docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().optional() }),
  }),
});

async function currentContext(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, "config.json"), "utf8").catch(absent);
  return text === undefined
    ? undefined
    : parsed(configuration, text, join(folder, "config.json")).currentContext;
}

/** The `docker` command keeps a context in a folder named by the digest of its name. */
async function contextEndpoint(folder: string, name: string): Promise<Endpoint> {
  const id = createHash("sha256").update(name).digest("hex");
  const path = join(folder, "contexts", "meta", id, "meta.json");
  const text = await readFile(path, "utf8").catch(absent);
  if (text === undefined)
    throw new EndpointError(`the Docker context ${JSON.stringify(name)} does not exist`);
  const { Host, SkipTLSVerify = false } = parsed(contextMeta, text, path).Endpoints.docker;
  const tls = await readTls(join(folder, "contexts", "tls", id, "docker"), !SkipTLSVerify);
  return parseHost(Host, `the Docker context ${JSON.stringify(name)}`, tls.ca || tls.cert ? tls : undefined);
}

async function readTls(folder: string, rejectUnauthorized: boolean): Promise<Tls> {
  const [ca, cert, key] = await Promise.all(
    ["ca.pem", "cert.pem", "key.pem"].map((name) => readFile(join(folder, name)).catch(absent)),
  );
  return { rejectUnauthorized, ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

function parsed<T>(schema: z.ZodType<T>, text: string, path: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new EndpointError(`${path} cannot be read as the docker command writes it`);
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
