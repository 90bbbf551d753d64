import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { receive, respond } from "../../elb/exchange.ts";
import type { Router } from "../../elb/router.ts";
import { receiveUpgrade, refuse } from "../../elb/tunnel.ts";
import type { HttpPlane } from "../../service.ts";
import type { Holdings } from "../holdings.ts";
import { answerViewer, type Distribution, type EdgePorts, isAlias } from "./edge.ts";
import { edgeError } from "./error-page.ts";
import { upgradeViewer } from "./web-socket.ts";

const suffix = ".cloudfront.localhost";

/** What viewers see: `<id>.cloudfront.localhost` and the distributions' aliases. */
export function edgePlane(ports: EdgePorts & { readonly router: Router }): HttpPlane {
  return {
    pages: "all",
    claims: (request) => {
      const host = hostOf(request);
      // An alias must not take the calls of the endpoint itself.
      if (host === "localhost" || isIP(host.replace(/^\[|\]$/g, "")) > 0) return false;
      return host.endsWith(suffix) || distributionOf(ports.holdings, host) !== undefined;
    },
    serve: async (request, response) => {
      const distribution = distributionOf(ports.holdings, hostOf(request));
      const ask = receive(request, response);
      await respond(
        distribution === undefined ? unknownHost() : await answerViewer(distribution, ask, ports),
        response,
      );
    },
    upgrade: (request, socket, head) => {
      const distribution = distributionOf(ports.holdings, hostOf(request));
      if (distribution === undefined) return refuse(socket, unknownHost());
      upgradeViewer(distribution, receiveUpgrade(request, socket, head), ports).catch((error: unknown) => {
        ports.log.warn("A WebSocket could not be passed on", { error: String(error) });
        socket.destroy();
      });
    },
  };
}

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
}

function distributionOf({ distributions }: Holdings, host: string): Distribution | undefined {
  const id = host.endsWith(suffix) ? host.slice(0, -suffix.length).toUpperCase() : "";
  return distributions.find(id) ?? distributions.all().find((distribution) => isAlias(distribution, host));
}

function unknownHost() {
  return edgeError(403, "No distribution answers to this host name.", "-");
}
