import { isIP } from "node:net";

/**
 * Whether a Host header may name this endpoint. Web pages can make a browser send requests to loopback under a name of
 * their own (DNS rebinding); such names are refused. Data planes answer for their hosts before this is asked.
 */
export function isEndpointHost(host: string | undefined): boolean {
  if (host === undefined) return true;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return (
    isIP(name.replace(/^\[|\]$/g, "")) > 0 ||
    name === "localhost" ||
    /\.(localhost|amazonaws\.com)$/.test(name)
  );
}
