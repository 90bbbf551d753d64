import type { NamespaceSummary, NamespaceType, ServiceDiscovery } from "@aws-sdk/client-servicediscovery";
import { type Existing, type Find, type Sought, tagsOf, textOf, theOnly } from "./sought.ts";

/* Cloud Map: names are looked for among all of a kind, as the account has few. */

export const httpNamespace: Find = async (sought, ports) =>
  namespace(sought, "HTTP", await ports.aws.discovery());

/** `import` asks for the network as well: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs. */
export const privateNamespace: Find = async (sought, ports) => {
  const found = await namespace(sought, "DNS_PRIVATE", await ports.aws.discovery());
  const network = await sought.idOf("vpc");
  return found && network !== undefined ? { ...found, id: `${found.id}:${network}` } : undefined;
};

async function namespace(
  sought: Sought,
  type: NamespaceType,
  discovery: ServiceDiscovery,
): Promise<Existing | undefined> {
  const all = await allPages(async (place) => {
    const filter = { Name: "TYPE" as const, Values: [type] };
    const { Namespaces, NextToken } = await discovery.listNamespaces({ ...place, Filters: [filter] });
    return { items: Namespaces, NextToken };
  });
  const isOurs = ({ Name, Type }: NamespaceSummary) => Name === textOf(sought, "name") && Type === type;
  const found: Existing[] = [];
  for (const { Id: id = "", Arn = "" } of all.filter(isOurs)) {
    const tags = await tagsAt(Arn, discovery);
    // Each network may have a zone of the same name.
    if (Object.entries(sought.tags).every(([key, value]) => tags[key] === value)) found.push({ id, tags });
  }
  return theOnly(found, sought);
}

export const registeredService: Find = async (sought, ports) => {
  const within = (await sought.idOf("namespace_id"))?.split(":")[0];
  if (within === undefined) return undefined;
  const discovery = await ports.aws.discovery();
  const all = await allPages(async (place) => {
    const filter = { Name: "NAMESPACE_ID" as const, Values: [within] };
    const { Services, NextToken } = await discovery.listServices({ ...place, Filters: [filter] });
    return { items: Services, NextToken };
  });
  const found = all.find((one) => one.Name === textOf(sought, "name"));
  if (found?.Id === undefined) return undefined;
  return { id: found.Id, tags: await tagsAt(found.Arn ?? "", discovery) };
};

interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  readonly NextToken: string | undefined;
}

async function allPages<Item>(
  ask: (place: { readonly NextToken?: string }) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let place: { readonly NextToken?: string } | undefined = {};
  while (place !== undefined) {
    const page: Page<Item> = await ask(place);
    items.push(...(page.items ?? []));
    place = page.NextToken === undefined ? undefined : { NextToken: page.NextToken };
  }
  return items;
}

async function tagsAt(ResourceARN: string, discovery: ServiceDiscovery) {
  return tagsOf((await discovery.listTagsForResource({ ResourceARN })).Tags);
}
