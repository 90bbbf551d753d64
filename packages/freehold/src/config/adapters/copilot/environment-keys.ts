import { partAt, type Section, type Tree } from "../../yaml/tree.ts";
import {
  type Becomes,
  inside,
  isTrue,
  type KeyTable,
  lost,
  mapped,
  noted,
  notes,
  one,
  textOf,
  textsOf,
  type Written,
  without,
  write,
} from "./treatment.ts";

/** An environment of Copilot's: it has a network and a load balancer of its own, so it is a collection here. */
export interface EnvironmentContext {
  readonly name: string;
  readonly manifest: Section;
}

type Key = Written<EnvironmentContext>;

/** Where a setting of an environment's collection stands. */
export function collection(name: string, ...steps: readonly string[]): readonly string[] {
  return ["x-freehold", "collections", name, ...steps];
}

/** Where a setting of the environment itself stands. */
export function environment(name: string, ...steps: readonly string[]): readonly string[] {
  return collection(name, "environments", name, ...steps);
}

/** Public and private ones alike. */
const subnets = one(
  ({ value, context, place }: Key): Becomes => {
    const items = value.kind === "list" ? value.items : [];
    const exist = items.some((item) => partAt(item, ["id"]) !== undefined);
    return exist ? noted("stay with the VPC they are in") : madeSubnets(items, context.name, place);
  },
  "id",
  "cidr",
  "az",
  "*.id",
  "*.cidr",
  "*.az",
);

/** How many there are says in how many zones; where they are says the region. */
function madeSubnets(items: readonly Tree[], name: string, place: Key["place"]): Becomes {
  const region = regionOf(items);
  const zones = items.length === 3 ? [write(collection(name, "network", "azs"), 3, place)] : [];
  const message = "the network is divided evenly, two subnets to a zone";
  const writes = [
    ...zones,
    ...(region === undefined ? [] : [write(collection(name, "region"), region, place)]),
  ];
  return writes.length === 0 ? noted(message) : mapped(writes, message);
}

/** The region of zones such as `eu-west-1a`. */
function regionOf(items: readonly Tree[]): string | undefined {
  const zones = items.flatMap((item) => textOf(partAt(item, ["az"])) ?? []);
  return zones
    .map((zone) => /^([a-z]{2}(?:-[a-z]+)+-\d)[a-z]$/.exec(zone)?.[1])
    .find((region) => region !== undefined);
}

/** Certificates that exist tell at least where the environment is. */
function certificates({ value, context, place }: Key): Becomes {
  const [, region, account] =
    textsOf(value)
      .map((arn) => /^arn:aws[\w-]*:acm:([a-z0-9-]+):(\d{12}):/.exec(arn))
      .find((match) => match !== null) ?? [];
  const message = "certificates are made for the domain";
  if (region === undefined || account === undefined) return noted(message);
  const writes = [
    write(collection(context.name, "account"), account, place),
    write(collection(context.name, "region"), region, place),
  ];
  return mapped(writes, `${message}; these tell the account and the region`);
}

const firewall = lost(
  "the services' own security groups say who reaches whom",
  ...["", "*."].flatMap((each) => ["ip_protocol", "ports", "cidr"].map((key) => `${each}${key}`)),
);

const vpc: KeyTable<EnvironmentContext> = {
  id: one(({ value }) =>
    without(
      `a network of its own is made; what lies in \`${textOf(value) ?? "it"}\` is reached by peering, with a \`network.cidr\` that does not overlap, or over the internet`,
    ),
  ),
  cidr: one(({ value, context }) => mapped([{ path: collection(context.name, "network", "cidr"), value }])),
  subnets: inside<EnvironmentContext>({ public: subnets, private: subnets }),
  security_group: inside<EnvironmentContext>({ ingress: firewall, egress: firewall }),
  flow_logs: inside<EnvironmentContext>({ retention: lost("the network keeps no flow logs") }, ({ value }) =>
    isTrue(value) || textOf(value) === "on"
      ? without("the network keeps no flow logs")
      : noted("it keeps none anyway"),
  ),
};

const deprecatedGroups = lost(
  "only CloudFront reaches the load balancer",
  "ingress",
  "ingress.restrict_to",
  "ingress.from_vpc",
);

const cdn = inside<EnvironmentContext>(
  {
    certificate: notes("certificates are made for the domain"),
    static_assets: lost("make it a `site` service with that path", "alias", "location", "path"),
    terminate_tls: notes(
      "CloudFront ends TLS with visitors, and speaks to the load balancer as Freehold sets it",
    ),
  },
  ({ value, context, place }) =>
    isTrue(value)
      ? mapped([write(collection(context.name, "ingress"), "cloudfront", place)])
      : noted("CloudFront stands before the load balancer nevertheless"),
);

const internal = "there is no internal load balancer: services reach each other by name";

/** https://aws.github.io/copilot-cli/docs/manifest/environment/ */
export const environmentKeys: KeyTable<EnvironmentContext> = {
  name: one(({ context, place }) =>
    mapped([{ path: environment(context.name), value: { kind: "section", entries: new Map(), place } }]),
  ),
  type: notes("a collection with one environment, for it has a network and a load balancer of its own"),
  network: inside<EnvironmentContext>({ vpc: inside<EnvironmentContext>(vpc) }),
  cdn,
  http: inside<EnvironmentContext>({
    public: inside<EnvironmentContext>({
      certificates: one(certificates),
      access_logs: lost("the load balancer writes no access logs", "bucket_name", "prefix"),
      ssl_policy: lost("the load balancer speaks TLS as Freehold sets it"),
      ingress: inside<EnvironmentContext>({
        cdn: notes("only CloudFront reaches the load balancer, always"),
        source_ips: lost("nothing limits the addresses visitors come from yet"),
      }),
      security_groups: deprecatedGroups,
    }),
    private: inside<EnvironmentContext>({
      certificates: notes(internal),
      subnets: notes(internal),
      ingress: inside<EnvironmentContext>({ vpc: notes(internal) }),
      ssl_policy: notes(internal),
      security_groups: deprecatedGroups,
    }),
  }),
  observability: inside<EnvironmentContext>({
    container_insights: one(({ value }) =>
      isTrue(value)
        ? without("Container Insights stay off; ECS's own metrics remain")
        : noted("it is off anyway"),
    ),
  }),
};
