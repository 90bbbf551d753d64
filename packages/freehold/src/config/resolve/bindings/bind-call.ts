import type { Call } from "../../../app/application.ts";
import type { Scope, Target } from "../scope.ts";
import { type Address, addressesIn, withHosts } from "./addresses.ts";

/** The services that a value names as hosts, and the value with their names outside Service Connect. */
export interface NamedServices {
  readonly calls: readonly Call[];
  readonly away: string;
  /** Those that cannot be called there, and why. */
  readonly refused: readonly Refused[];
}

export interface Refused {
  readonly host: string;
  /** Undefined when no port of it can be called at all. */
  readonly port?: number;
  readonly kind: "container" | "site";
  readonly ports: readonly number[];
}

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly owner: string;
}

/**
 * Binding 5: hosts of URLs, of `host:port` lists, and of variables that are called like a host. Undefined when the value names no
 * service.
 *
 * @param nameAway the name that a service has in the private DNS.
 */
export function namedServices(
  variable: Variable,
  scope: Scope,
  nameAway: (service: string) => string,
): NamedServices | undefined {
  const addresses = standing(variable).filter(({ host }) => isOfServices(scope.get(host)));
  const outcomes = addresses.map(({ host, port }) => outcomeOf(host, port, scope.get(host)));
  const calls = outcomes.flatMap((outcome) => ("calls" in outcome ? outcome.calls : []));
  const refused = outcomes.filter((outcome) => "kind" in outcome);
  return outcomes.length === 0
    ? undefined
    : { calls, refused, away: withHosts(variable.value, addresses, nameAway) };
}

function isOfServices(target: Target | undefined): boolean {
  return target?.kind === "container" || target?.kind === "site";
}

function outcomeOf(
  host: string,
  port: number | undefined,
  target: Target | undefined,
): { readonly calls: readonly Call[] } | Refused {
  const ports = target?.kind === "container" ? target.ports : [];
  const wanted = port === undefined ? ports : [port];
  if (wanted.length > 0 && wanted.every((one) => ports.includes(one)))
    return { calls: wanted.map((one) => ({ service: host, port: one })) };
  const kind = target?.kind === "site" ? "site" : "container";
  return { host, kind, ports, ...(port === undefined ? {} : { port }) };
}

/** Hosts that a value names with a port, or with a scheme that has one. */
export function callsOf(variable: Variable): readonly { readonly host: string; readonly port: number }[] {
  return standing(variable).flatMap(({ host, port }) => (port === undefined ? [] : [{ host, port }]));
}

const likeHost = /(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT)$/i;

/** A host alone is one where the variable is called like that; a service's own name means itself. */
function standing({ name, value, owner }: Variable): readonly Address[] {
  return addressesIn(value).filter(({ host }) => host !== owner && (host !== value || likeHost.test(name)));
}
