/** A word of a value that stands where a host would. */
export interface Address {
  readonly host: string;
  /** Where the host begins. */
  readonly at: number;
  /** Undefined where neither the value nor its scheme says one. */
  readonly port?: number;
}

const hostName = "[A-Za-z0-9][A-Za-z0-9._-]*";

/** A host after a scheme, after credentials, or in a list, up to its port, its path, or the end of its item. */
const inUrls = new RegExp(`(^|//|@|,\\s*|["'])(${hostName})(?::(\\d{1,5}))?(?=$|[/?#,"'\\]\\s])`, "g");

/** A host in a connection text (`Server=tcp:db,1433;User Id=sa`, `host=db port=5432`), with the port beside it. */
const inPairs = new RegExp(
  `((?:^|[;\\s])(?:host|server|data source|addr|address|network address)\\s*=\\s*(?:tcp:)?)(${hostName})(?:[,:]\\s*(\\d{1,5}))?(?=\\s|;|$)`,
  "gi",
);

/** https://www.iana.org/assignments/service-names-port-numbers for the schemes that clients know a port of. */
const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** All of them, in the order of the value. A host alone is one only as the whole of the value; its port is never known. */
export function addressesIn(value: string): readonly Address[] {
  const pairs = addressesInPairs(value);
  return pairs.length > 0 ? pairs : addressesInUrls(value);
}

function addressesInPairs(value: string): readonly Address[] {
  const beside = /(?:^|[;\s])port\s*=\s*(\d{1,5})(?=\s|;|$)/i.exec(value)?.[1];
  return [...value.matchAll(inPairs)].map(([, before = "", host = "", port = beside], index, all) => ({
    host,
    at: (all[index]?.index ?? 0) + before.length,
    ...(port === undefined ? {} : { port: Number(port) }),
  }));
}

function addressesInUrls(value: string): readonly Address[] {
  const addresses: Address[] = [];
  let scheme: string | undefined;
  let read = 0;
  for (const { 1: before = "", 2: host = "", 3: written, index } of value.matchAll(inUrls)) {
    const at = index + before.length;
    scheme = schemeAt(value.slice(read, at), scheme);
    read = at;
    const port = written === undefined ? defaultPorts[scheme ?? ""] : Number(written);
    const isAlone = host === value;
    if (written === undefined && scheme === undefined && !isAlone) continue;
    addresses.push({ host, at, ...(port === undefined ? {} : { port }) });
  }
  return addresses;
}

/** The scheme in force behind this text: a path ends it. */
function schemeAt(text: string, before: string | undefined): string | undefined {
  const colon = text.lastIndexOf("://");
  if (text.indexOf("/", colon < 0 ? 0 : colon + 3) >= 0) return undefined;
  if (colon < 0) return before;
  return /[a-z][a-z0-9+.-]{0,30}$/i.exec(text.slice(Math.max(0, colon - 32), colon))?.[0].toLowerCase();
}

/** The value with some of its hosts under other names. */
export function withHosts(
  value: string,
  addresses: readonly Address[],
  rename: (host: string) => string | undefined,
): string {
  let end = 0;
  const parts = addresses.map(({ host, at }) => {
    const part = `${value.slice(end, at)}${rename(host) ?? host}`;
    end = at + host.length;
    return part;
  });
  return parts.join("") + value.slice(end);
}
