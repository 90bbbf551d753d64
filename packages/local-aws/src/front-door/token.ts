import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";

/**
 * The token of a running instance, a new one at each start: whoever may read the folder may use `/_local`, and no web page may. The
 * file is its owner's alone, as `write` makes it.
 */
export async function openToken(
  folder: string,
  write: (path: string, content: string) => Promise<void>,
): Promise<string> {
  const path = join(folder, "token");
  const token = randomBytes(32).toString("base64url");
  await write(path, `${token}\n`);
  return token;
}

/** Whether a request bears the token: as a bearer (RFC 6750), or, so that a link can be opened, in its query. */
export function bearsToken(request: IncomingMessage, token: string): boolean {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const linked = new URLSearchParams((request.url ?? "").split("?")[1]).get("token");
  const isLink = request.method === "GET" && linked !== null && isSame(linked, token);
  return isLink || (bearer !== undefined && isSame(bearer, token));
}

/** In the same time whatever is given: what is compared are digests of one length. */
function isSame(given: string, token: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(token));
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
