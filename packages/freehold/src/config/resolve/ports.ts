import { exposeSchema, portsSchema } from "../compose/ports.ts";
import { privateSchema } from "../private.ts";
import { partAt, type Section, sectionAt, type Tree, toValue } from "../yaml/tree.ts";

/**
 * TCP ports at which the containers of a draft may be called: that of its traffic first, where it is known. Those at which others
 * call it count where it declares none, and beside those that it publishes: `ports` tells of the host, `expose` of the others. A
 * port of the host is none of the container.
 */
export function portsIn({
  service,
  settings,
  calledAt,
}: {
  readonly service?: Section;
  readonly settings: Section;
  readonly calledAt: readonly number[];
}): readonly number[] {
  const chosen = privateSchema.shape.port.safeParse(written(partAt(settings, ["port"]))).data ?? [];
  const published = portsSchema.safeParse(written(partAt(service, ["ports"]))).data ?? [];
  const exposed = exposeSchema.safeParse(written(partAt(service, ["expose"]))).data ?? [];
  const tcp = published.filter(({ protocol }) => protocol === "tcp").map(({ target }) => target);
  const declared = [...new Set([chosen, tcp, exposed].flat())].filter((port) => port > 0);
  if (declared.length === 0) return calledAt;
  if (exposed.length > 0) return declared;
  const ofHost = published.map((port) => port.published);
  return [...new Set([...declared, ...calledAt.filter((port) => !ofHost.includes(port))])];
}

/** TCP ports of the container that are published. */
export function publishedIn(service: Section): readonly number[] {
  const published = portsSchema.safeParse(written(partAt(service, ["ports"]))).data ?? [];
  return published.filter(({ protocol }) => protocol === "tcp").map(({ target }) => target);
}

/** Ports of the host at which a service is found at home, each with that of the container. */
export function homePortsOf(service: Section | undefined): ReadonlyMap<number, number> {
  const ports = portsSchema.safeParse(written(partAt(service, ["ports"]))).data ?? [];
  return new Map(
    ports.flatMap(({ published, target }) => (published === undefined ? [] : [[published, target] as const])),
  );
}

/** A service that is found at a port of this machine. */
export interface HomePort {
  readonly service: string;
  /** Of the container. */
  readonly port: number;
}

/** By port of this machine. */
export type HomePorts = ReadonlyMap<number, HomePort>;

export function homePortsIn(services: Section): HomePorts {
  return new Map(
    [...services.entries.keys()].flatMap((service) =>
      [...homePortsOf(sectionAt(services, [service]))].map(
        ([home, port]) => [home, { service, port }] as const,
      ),
    ),
  );
}

function written(part: Tree | undefined): unknown {
  return part === undefined ? undefined : toValue(part);
}
