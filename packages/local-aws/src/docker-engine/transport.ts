import { Agent, type IncomingMessage, request } from "node:http";
import { request as requestTls, Agent as TlsAgent } from "node:https";
import type { Endpoint } from "./endpoint.ts";

/** The Engine answered with an error; `message` is its own. */
export class DockerError extends Error {
  override readonly name = "DockerError";
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

export interface Call {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** Without version, e.g. `/containers/json`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly json?: unknown;
  /** A tar archive. */
  readonly archive?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Sends calls to an Engine; connections are used again. */
export interface Transport {
  /** The answer as it comes. @throws DockerError */
  stream(call: Call): Promise<IncomingMessage>;
  /** The whole answer. @throws DockerError */
  read(call: Call): Promise<Buffer>;
  /** The parsed answer; undefined where there is none. @throws DockerError */
  json(call: Call): Promise<unknown>;
}

/** The newest version of the Engine's API that was tried; an older Engine is spoken to in its own. */
const newest = "1.51";

/** The oldest one with `Subpath` of volumes, on which file systems rest, is 1.45; all else works since this one. */
const oldest = "1.41";

export function createTransport(endpoint: Endpoint): Transport {
  const send = sender(endpoint);
  let version: Promise<string> | undefined;
  const stream = async (call: Call): Promise<IncomingMessage> => {
    version ??= negotiate(send);
    const known = await version.catch((error: unknown) => {
      version = undefined;
      throw error;
    });
    return answered(await send(`/v${known}`, call));
  };
  const read = async (call: Call): Promise<Buffer> => bytesOf(await stream(call));
  return {
    stream,
    read,
    json: async (call) => {
      const bytes = await read(call);
      return bytes.length === 0 ? undefined : JSON.parse(bytes.toString("utf8"));
    },
  };
}

/** Every Engine says at `/_ping` which version it speaks: https://docs.docker.com/reference/api/engine/#versioning. */
async function negotiate(send: Send): Promise<string> {
  const answer = await answered(await send("", { method: "GET", path: "/_ping" }));
  await bytesOf(answer);
  const its = String(answer.headers["api-version"] ?? "");
  if (!/^\d+\.\d+$/.test(its) || isOlder(its, oldest)) {
    throw new DockerError(400, `its API is ${its || "unknown"}; ${oldest} (Docker 20.10) or newer is needed`);
  }
  return isOlder(its, newest) ? its : newest;
}

function isOlder(one: string, other: string): boolean {
  const [major = 0, minor = 0] = one.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

type Send = (prefix: string, call: Call) => Promise<IncomingMessage>;

function sender(endpoint: Endpoint): Send {
  const isTls = endpoint.kind === "tcp" && endpoint.tls !== undefined;
  const agent = isTls ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const place =
    endpoint.kind === "socket"
      ? { socketPath: endpoint.socketPath, headers: { host: "docker" } }
      : { host: endpoint.host, port: endpoint.port, ...endpoint.tls, headers: {} };
  const once = (prefix: string, call: Call) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const body =
        call.archive ?? (call.json === undefined ? undefined : Buffer.from(JSON.stringify(call.json)));
      const type = call.archive === undefined ? "application/json" : "application/x-tar";
      const asked = (isTls ? requestTls : request)(
        {
          ...place,
          agent,
          method: call.method,
          path: `${prefix}${call.path}${queryOf(call)}`,
          headers: {
            ...place.headers,
            ...call.headers,
            ...(body !== undefined && { "content-type": type }),
            "content-length": body?.length ?? 0,
          },
          ...(call.signal && { signal: call.signal }),
        },
        resolve,
      );
      asked.on("error", (error) => reject(Object.assign(error, { isStale: asked.reusedSocket })));
      asked.end(body);
    });
  return (prefix, call) =>
    once(prefix, call).catch((error: Error & { readonly isStale?: boolean; readonly code?: string }) => {
      // An idle connection may have been closed while this call was on its way; what only reads is asked once more.
      if (error.isStale && error.code === "ECONNRESET" && call.method === "GET") return once(prefix, call);
      throw error;
    });
}

function queryOf({ query = {} }: Call): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

async function answered(answer: IncomingMessage): Promise<IncomingMessage> {
  const { statusCode = 500 } = answer;
  if (statusCode < 300) return answer;
  const text = (await bytesOf(answer)).toString("utf8");
  throw new DockerError(statusCode, messageIn(text) ?? (text.trim() || `Docker answered ${statusCode}`));
}

function messageIn(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || !("message" in parsed)) return undefined;
    return String(parsed.message).trim();
  } catch {
    return undefined;
  }
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
