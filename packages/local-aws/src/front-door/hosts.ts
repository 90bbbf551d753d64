import { isIP } from "node:net";

/**
 * Whether a Host header may name this endpoint. Web pages can make a browser send requests to loopback under a name of
 * their own (DNS rebinding); such names are refused. Data planes answer for their hosts before this is asked.
 */
export function isEndpointHost(host: string | undefined): boolean {
  if (host === undefined) return true;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return isIP(name.replace(/^\[|\]$/g, "")) > 0 || isLocalName(name) || name.endsWith(".amazonaws.com");
}

/**
 * Whether a page of this origin may make a browser call us: one of this machine. Programs send none, and pages that hide theirs
 * send `null` (https://fetch.spec.whatwg.org/#origin-header).
 */
export function isLocalOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  const name = URL.canParse(origin) ? new URL(origin).hostname : "";
  return name === "[::1]" || (isIP(name) === 4 && name.startsWith("127.")) || isLocalName(name);
}

function isLocalName(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost");
}
