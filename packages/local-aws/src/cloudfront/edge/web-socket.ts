import { randomBytes } from "node:crypto";
import type { Ask } from "../../elb/exchange.ts";
import { endToEnd, headerValue, withHeaders } from "../../elb/headers.ts";
import type { Router } from "../../elb/router.ts";
import { refuse, type Upgrade } from "../../elb/tunnel.ts";
import { arrive, type Distribution, type EdgePorts, visitOf } from "./edge.ts";
import { edgeError } from "./error-page.ts";
import { originRequest } from "./origin-request.ts";
import { onViewerRequest } from "./viewer-functions.ts";

/** A WebSocket passes the behaviour and its viewer-request function as any request, then becomes a connection to the origin. */
export async function upgradeViewer(
  distribution: Distribution,
  upgrade: Upgrade,
  ports: EdgePorts & { readonly router: Router },
): Promise<void> {
  const requestId = randomBytes(28).toString("base64url");
  const arrived = arrive(distribution, askOf(upgrade), requestId);
  if ("answer" in arrived) return refuse(upgrade.socket, arrived.answer);
  const verdict = await onViewerRequest(arrived, ports);
  if (verdict.kind === "answered") return refuse(upgrade.socket, verdict.answer);
  const visit = visitOf(distribution, arrived, verdict, ports.policies);
  const origin = ports.origins.originOf(visit);
  const way = origin && (await ports.origins.wayTo(origin).catch(() => undefined));
  const unreachable = () => edgeError(502, "CloudFront wasn't able to connect to the origin.", requestId);
  if (origin === undefined || way === undefined) return refuse(upgrade.socket, unreachable());
  const { target, headers } = originRequest(visit, origin, { cacheable: false });
  const onward: Upgrade = {
    ...upgrade,
    target,
    headers: withHeaders(headers, [
      ["Connection", "Upgrade"],
      ["Upgrade", headerValue(upgrade.headers, "upgrade") ?? "websocket"],
    ]),
  };
  await ports.router
    .upgrade(way.place, { ...onward, peer: "127.0.0.1" })
    .catch(() => refuse(upgrade.socket, unreachable()));
}

function askOf({ target, headers, peer }: Upgrade): Ask {
  return { method: "GET", target, headers: endToEnd(headers), peer, gone: new AbortController().signal };
}
