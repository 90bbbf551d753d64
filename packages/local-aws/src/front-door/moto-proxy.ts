import { once } from "node:events";
import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { pipeline } from "node:stream/promises";

/** How moto answered: itself, or by saying that it has no such operation. */
export type MotoAnswer =
  | { readonly kind: "answered"; readonly status: number }
  | { readonly kind: "missing" }
  | { readonly kind: "fault"; readonly reason: string };

/** These belong to one connection, not to the message (RFC 9110, 7.6.1); `expect` has been answered by Node. */
const hopByHop = new Set(["connection", "keep-alive", "proxy-connection", "te", "upgrade", "expect"]);

/** moto lets every page read its answers; which may is said here. */
function isForPages(name: string): boolean {
  return name === "vary" || name.startsWith("access-control-");
}

/**
 * Hands a call to moto as it came, its Host header too, and the answer back; bodies stream both ways. `body` takes the
 * place of the request's own where that has been read. Nothing is written to the response unless moto answered.
 */
export async function proxyToMoto(
  socket: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | undefined,
): Promise<MotoAnswer> {
  const answer = await send(socket, request, body);
  if (answer.headers["x-local-aws-missing"] !== undefined) {
    answer.resume();
    return { kind: "missing" };
  }
  if (answer.headers["x-local-aws-fault"] !== undefined) {
    return { kind: "fault", reason: Buffer.concat(await answer.toArray()).toString("utf8") };
  }
  const status = answer.statusCode ?? 502;
  response.writeHead(status, answer.statusMessage, passed(answer.rawHeaders, isForPages));
  await pipeline(answer, response);
  return { kind: "answered", status };
}

function send(socket: string, request: IncomingMessage, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        socketPath: socket,
        method: request.method,
        path: request.url,
        headers: passed(request.rawHeaders),
        // A connection of its own: moto closes each after its answer.
        agent: false,
        setHost: false,
      },
      resolve,
    );
    outgoing.on("error", reject);
    if (body !== undefined) outgoing.end(body);
    else forward(request, outgoing).catch(reject);
  });
}

/**
 * Streams a body with its last piece and its end in one write. Node writes an end of its own otherwise, which moto, that
 * closes the connection behind its answer, may no longer take: the answer would be lost to a broken pipe.
 */
async function forward(request: IncomingMessage, outgoing: ClientRequest): Promise<void> {
  let last: Buffer | undefined;
  try {
    for await (const piece of request) {
      if (last !== undefined && !outgoing.write(last)) await once(outgoing, "drain");
      last = piece;
    }
  } catch (error) {
    // A client that leaves in the middle must not look like one that has said all.
    outgoing.destroy();
    throw error;
  }
  outgoing.end(last);
}

function passed(rawHeaders: readonly string[], isLeftOut = (_name: string) => false): string[] {
  return rawHeaders.flatMap((name, index) => {
    const lower = name.toLowerCase();
    // Headers with our own prefix are between us and moto's launcher.
    if (index % 2 === 1 || hopByHop.has(lower) || isLeftOut(lower) || lower.startsWith("x-local-aws-"))
      return [];
    return [name, rawHeaders[index + 1] ?? ""];
  });
}
