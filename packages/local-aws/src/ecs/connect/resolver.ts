import { createSocket } from "node:dgram";
import { getServers } from "node:dns";
import { createServer, type Server } from "node:net";
import type { ServiceDiscovery } from "@aws-sdk/client-servicediscovery";
import type { Clock } from "../../platform.ts";
import { answerTo, questionOf } from "./dns-message.ts";

const addressType = 1;
/** Seconds that an answer may be remembered; Cloud Map's records say how long, and ours are short. */
const timeToLive = 10;
const rememberedMilliseconds = 1_000;
const patienceMilliseconds = 5_000;

type Discovery = Pick<ServiceDiscovery, "listNamespaces" | "discoverInstances">;

/** Looks a name of a private zone up; undefined for a name of none. */
export type Lookup = (
  name: string,
) => Promise<{ readonly addresses: readonly string[] | undefined } | undefined>;

/**
 * What the network's own resolver knows besides the world's names: services registered in Cloud Map's private zones, those of
 * their instances that are well (https://docs.aws.amazon.com/cloud-map/latest/dg/creating-services.html).
 */
export function createLookup(aws: { readonly discovery: Discovery }, clock: Clock): Lookup {
  let zones: { readonly at: number; readonly names: Promise<readonly string[]> } | undefined;
  const privateZones = (): Promise<readonly string[]> => {
    const now = clock.now().getTime();
    if (zones === undefined || now - zones.at > rememberedMilliseconds) {
      zones = { at: now, names: readZones(aws.discovery) };
    }
    return zones.names;
  };
  return async (name) => {
    const zone = (await privateZones()).find((one) => name.endsWith(`.${one}`));
    if (zone === undefined) return undefined;
    const ServiceName = name.slice(0, -zone.length - 1);
    const asked = aws.discovery.discoverInstances({
      NamespaceName: zone,
      ServiceName,
      HealthStatus: "HEALTHY",
    });
    const { Instances } = await asked.catch(() => ({ Instances: undefined }));
    const addresses = Instances?.flatMap(({ Attributes }) => Attributes?.["AWS_INSTANCE_IPV4"] ?? []);
    return { addresses: addresses && shuffled(addresses).slice(0, 8) };
  };
}

async function readZones(discovery: Discovery): Promise<readonly string[]> {
  const { Namespaces = [] } = await discovery.listNamespaces({});
  return Namespaces.flatMap(({ Type, Name }) =>
    Type === "DNS_PRIVATE" && Name !== undefined ? [Name.toLowerCase()] : [],
  );
}

/** Up to eight in any order, as Route 53 answers. */
function shuffled<T>(list: readonly T[]): readonly T[] {
  return list
    .map((one) => [Math.random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}

/** Answers one query a connection: the task's end of it turns a datagram into a connection, and ends its half at once. */
export function createResolver(lookup: Lookup): Server {
  return createServer({ allowHalfOpen: true }, (connection) => {
    connection.on("error", () => connection.destroy());
    connection.once("data", (query) => {
      answer(query, lookup).then(
        (reply) => connection.end(reply),
        () => connection.destroy(),
      );
    });
  });
}

async function answer(query: Buffer, lookup: Lookup): Promise<Buffer> {
  const question = questionOf(query);
  const found = question === undefined ? undefined : await lookup(question.name);
  if (question === undefined || found === undefined) return forward(query);
  const addresses = question.type === addressType || found.addresses === undefined ? found.addresses : [];
  return answerTo(query, question, addresses, timeToLive);
}

/** The rest of the world's names are this machine's resolver's to know. */
function forward(query: Buffer): Promise<Buffer> {
  const [server = "127.0.0.1"] = getServers();
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const socket = createSocket(server.includes(":") ? "udp6" : "udp4");
  const timer = setTimeout(() => reject(new DOMException("no answer", "TimeoutError")), patienceMilliseconds);
  socket.on("error", reject).once("message", resolve).send(query, 53, server);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.close();
  });
}
