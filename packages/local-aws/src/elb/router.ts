import type { Log, Networks } from "../platform.ts";
import { balancerError, fixedResponse, redirectAnswer } from "./actions.ts";
import type { Balancer, Configuration, Listener, Rule } from "./configuration.ts";
import type { ConfigurationCache } from "./configuration-cache.ts";
import type { Answer, Ask } from "./exchange.ts";
import { forwardedHeaders } from "./forwarded.ts";
import { chooseRule, type RuleSubject } from "./match.ts";
import {
  type Connections,
  closeConnections,
  type Destination,
  failureOf,
  keepConnections,
  SendFailure,
  send,
} from "./send.ts";
import type { Target, Targets } from "./targets.ts";
import { refuse, tunnel, type Upgrade } from "./tunnel.ts";
import { createTurns, type Turns } from "./turns.ts";

/** Requests to load balancers, whoever sends them: the front door, or CloudFront through a VPC origin. */
export interface Router {
  /** Whether a load balancer has this ARN or DNS name. */
  knows(name: string): Promise<boolean>;
  /** Throws `SendFailure` where nobody listens: an unknown load balancer, or a port without a listener. */
  ask(place: Place, ask: Ask): Promise<Answer>;
  /** The same for WebSockets; what cannot be upgraded is answered on the socket. */
  upgrade(place: Place, upgrade: Upgrade): Promise<void>;
}

/** A listener, by its load balancer's ARN or DNS name. */
export interface Place {
  readonly balancer: string;
  readonly port: number;
}

/** What takes a request: a target, or the load balancer itself. */
type Route =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "target"; readonly target: Target; readonly destination: Destination };

type TargetRoute = Extract<Route, { kind: "target" }>;

interface Hop {
  readonly balancer: Balancer;
  readonly listener: Listener;
  readonly groups: Configuration["groups"];
}

interface RouterPorts {
  readonly log: Log;
  /** Whether an address is a container's: a target is whatever its caller registered, and no other program of this machine is one. */
  readonly holds: Networks["holds"];
}

/** An Application Load Balancer's data plane: HTTP/1.1 and WebSockets. */
export function createRouter(
  cache: ConfigurationCache,
  targets: Targets,
  { log, holds }: RouterPorts,
): Router {
  const turns = createTurns();
  const connectionsOf = createPools();
  const routeOf = (hop: Hop, request: RuleSubject): Route => {
    const rule = chooseRule(hop.listener, request);
    return rule === undefined
      ? { kind: "answer", answer: balancerError(500) }
      : followRule(rule, hop, request, { targets, turns, log });
  };
  const unreachable = ({ id, port }: Target): Answer => {
    log.warn("A target is not the address of a container in a VPC of ours", { id, port });
    return balancerError(502);
  };
  return {
    knows: async (name) => balancerOf(await cache.current(), name) !== undefined,
    ask: async (place, ask) => {
      const hop = hopOf(await cache.current(), place);
      const route = routeOf(hop, ask);
      if (route.kind === "answer") return route.answer;
      if (!(await holds(route.target.id))) return unreachable(route.target);
      return askTarget(ask, hop.listener, route, connectionsOf(route));
    },
    upgrade: async (place, upgrade) => {
      const hop = hopOf(await cache.current(), place);
      const route = routeOf(hop, { ...upgrade, method: "GET" });
      if (route.kind === "answer") return refuse(upgrade.socket, route.answer);
      const headers = forwardedHeaders(upgrade.headers, upgrade.peer, hop.listener);
      const { destination, target } = route;
      if (!(await holds(target.id))) return refuse(upgrade.socket, unreachable(target));
      tunnel({ ...upgrade, headers }, destination, target.cutOff.signal, () => balancerError(502));
    },
  };
}

function balancerOf({ balancers }: Configuration, name: string): Balancer | undefined {
  return balancers.find(({ arn, dnsName }) => arn === name || dnsName.toLowerCase() === name.toLowerCase());
}

function hopOf(configuration: Configuration, place: Place): Hop {
  const balancer = balancerOf(configuration, place.balancer);
  const listener = balancer?.listeners.find(({ port }) => port === place.port);
  if (balancer === undefined || listener === undefined) throw new SendFailure("broken");
  return { balancer, listener, groups: configuration.groups };
}

function followRule(
  { action, arn }: Rule,
  hop: Hop,
  request: RuleSubject,
  on: { readonly targets: Targets; readonly turns: Turns; readonly log: Log },
): Route {
  if (action.kind === "fixed-response") return { kind: "answer", answer: fixedResponse(action) };
  if (action.kind === "redirect")
    return { kind: "answer", answer: redirectAnswer(action, request, hop.listener) };
  if (action.kind === "unknown") {
    on.log.warn(`The load balancer's rule has an action that local-aws does not perform: ${action.type}`, {
      rule: arn,
    });
    return { kind: "answer", answer: balancerError(500) };
  }
  const chosen = on.turns.weighted(arn, action.groups);
  const group = hop.groups.get(chosen?.arn ?? "");
  const target = group && on.turns.next(group.arn, eligible(on.targets.of(group.arn)));
  if (group === undefined || target === undefined) return { kind: "answer", answer: balancerError(503) };
  return {
    kind: "target",
    target,
    destination: {
      protocol: group.protocol === "HTTPS" ? "https" : "http",
      host: target.id,
      port: target.port,
      idleSeconds: hop.balancer.idleSeconds,
      connectSeconds: 10,
    },
  };
}

/** The healthy targets; where none is, all that are not draining, because a load balancer fails open. */
function eligible(targets: readonly Target[]): readonly Target[] {
  const healthy = targets.filter(({ phase }) => phase.state === "healthy");
  return healthy.length > 0 ? healthy : targets.filter(({ phase }) => phase.state !== "draining");
}

/** Each target's own connections, closed when its deregistration delay is over: another may take its address. */
function createPools(): (route: TargetRoute) => Connections {
  const pools = new WeakMap<AbortController, Connections>();
  return ({ target: { cutOff }, destination }) => {
    const known = pools.get(cutOff);
    if (known !== undefined) return known;
    const made = keepConnections(destination.idleSeconds);
    pools.set(cutOff, made);
    cutOff.signal.addEventListener("abort", () => closeConnections(made), { once: true });
    return made;
  };
}

/**
 * A target that breaks off costs the request, however often it could be sent: a load balancer sends none twice.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues
 */
async function askTarget(
  ask: Ask,
  listener: Listener,
  route: TargetRoute,
  over: Connections,
): Promise<Answer> {
  try {
    return await send(
      {
        ...ask,
        headers: forwardedHeaders(ask.headers, ask.peer, listener),
        gone: AbortSignal.any([ask.gone, route.target.cutOff.signal]),
      },
      route.destination,
      over,
    );
  } catch (error) {
    return balancerError(failureOf(error).kind === "overdue" ? 504 : 502);
  }
}
