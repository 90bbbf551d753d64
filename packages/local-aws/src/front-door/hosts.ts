import { isIPv4 } from "node:net";

/**
 * Whether a Host header may name this endpoint: a loopback address, `localhost`, or a name below it. A web page can make a browser send
 * requests to loopback under a name whose DNS answers the page's author controls (DNS rebinding), and then reads the answers as its own.
 * Browsers resolve `localhost` and the names below it to loopback without asking DNS (RFC 6761, 6.3), and an address cannot be rebound.
 * AWS's own names are refused too: nothing here needs them, and on a hostile network plain DNS answers whatever its owner wants.
 * Data planes answer for their own hosts before this is asked.
 */
export function isEndpointHost(host: string | undefined): boolean {
  // HTTP/1.0; Node refuses a later version without it, and every browser sends it.
  if (host === undefined) return true;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return isLoopback(name) || name === "localhost" || name.endsWith(".localhost");
}

function isLoopback(name: string): boolean {
  return name === "[::1]" || (isIPv4(name) && name.startsWith("127."));
}
