import type { IncomingMessage } from "node:http";
import type { HttpPlane } from "../service.ts";
import { balancerError } from "./actions.ts";
import type { Balancer } from "./configuration.ts";
import type { ConfigurationCache } from "./configuration-cache.ts";
import { receive, respond } from "./exchange.ts";
import type { Place, Router } from "./router.ts";
import { receiveUpgrade, refuse } from "./tunnel.ts";

/** Internet-facing load balancers, under their DNS names at the front door's port. Internal ones answer nobody here. */
export function balancerPlane(cache: ConfigurationCache, router: Router): HttpPlane {
  const placeOf = (request: IncomingMessage): Place | undefined => {
    const [name = "", port] = (request.headers.host ?? "").toLowerCase().split(":");
    const balancer = cache
      .last()
      .balancers.find(({ dnsName, internal }) => !internal && dnsName.toLowerCase() === name);
    return balancer && { balancer: balancer.arn, port: listenerPort(balancer, Number(port)) };
  };
  return {
    pages: "all",
    claims: (request) => placeOf(request) !== undefined,
    serve: async (request, response) => {
      const place = placeOf(request);
      if (place === undefined) return respond(balancerError(503), response);
      try {
        await respond(await router.ask(place, receive(request, response)), response);
      } catch {
        // Nobody listens on that port: on AWS the connection would be refused.
        response.destroy();
      }
    },
    upgrade: (request, socket, head) => {
      const place = placeOf(request);
      if (place === undefined) return refuse(socket, balancerError(503));
      router.upgrade(place, receiveUpgrade(request, socket, head)).catch(() => socket.destroy());
    },
  };
}

/** The listener that the Host header's port names; else, as it then is the front door's, the one for plain HTTP. */
function listenerPort(balancer: Balancer, named: number): number {
  const ports = balancer.listeners.map(({ port }) => port);
  return ports.includes(named) ? named : ports.includes(80) ? 80 : (ports[0] ?? 80);
}
