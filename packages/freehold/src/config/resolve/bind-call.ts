import type { Call } from "../../app/application.ts";
import type { Scope } from "./scope.ts";

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
  const calls: Call[] = [];
  const refused: Refused[] = [];
  let away = variable.value;
  for (const [host, target] of scope) {
    if (host === variable.owner || (target.kind !== "container" && target.kind !== "site")) continue;
    const ports = target.kind === "container" ? target.ports : [];
    const standing = occurrences(variable, host);
    for (const { port } of standing) {
      const wanted = port === undefined ? ports : [port];
      const isServed = wanted.length > 0 && wanted.every((one) => ports.includes(one));
      if (isServed) calls.push(...wanted.map((one) => ({ service: host, port: one })));
      else refused.push({ host, kind: target.kind, ports, ...(port === undefined ? {} : { port }) });
    }
    if (standing.length > 0) away = renamed(away, host, nameAway(host));
  }
  return calls.length + refused.length === 0 ? undefined : { calls, away, refused };
}

/** Services among `hosts` that a value names with a port, or with a scheme that has one. */
export function callsOf(
  variable: Variable,
  hosts: readonly string[],
): readonly { readonly host: string; readonly port: number }[] {
  return hosts
    .filter((host) => host !== variable.owner)
    .flatMap((host) =>
      occurrences(variable, host).flatMap(({ port }) => (port === undefined ? [] : [{ host, port }])),
    );
}

interface Occurrence {
  /** Undefined where neither the value nor the scheme says one. */
  readonly port?: number;
}

const likeHost = /(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT)$/i;

function occurrences({ name, value }: Variable, host: string): readonly Occurrence[] {
  if (value === host) return likeHost.test(name) ? [{}] : [];
  return [...value.matchAll(asHost(host))].flatMap((match) => {
    const [, before = "", , written] = match;
    if (written !== undefined) return [{ port: Number(written) }];
    const scheme = /([a-z][a-z0-9+.-]*):\/\/[^/]*$/i.exec(value.slice(0, match.index) + before)?.[1];
    if (scheme === undefined) return [];
    const port = defaultPorts[scheme.toLowerCase()];
    return [port === undefined ? {} : { port }];
  });
}

/** https://www.iana.org/assignments/service-names-port-numbers for the schemes that clients know a port of. */
const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** A host after a scheme, after credentials, or in a list, up to its port or its path. */
function asHost(host: string): RegExp {
  return new RegExp(`(^|//|@|,\\s*)(${RegExp.escape(host)})(?::(\\d{1,5}))?(?=$|[/?#,])`, "g");
}

function renamed(value: string, host: string, away: string): string {
  if (value === host) return away;
  return value.replaceAll(asHost(host), (found, before: string) =>
    found.replace(`${before}${host}`, `${before}${away}`),
  );
}
