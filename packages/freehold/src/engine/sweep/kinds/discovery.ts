import type { AwsPort } from "../../ports.ts";
import { type Kind, presence, type Thing } from "../kind.ts";

/** What Cloud Map holds: names, and what is known by them. */
export const discoveryKinds: readonly Kind[] = [
  {
    noun: "discoverable service",
    pattern: /^servicediscovery:service\/(.+)$/,
    look: async ({ id }, aws) => presence((await aws.discovery()).getService({ Id: id }), () => true),
    remove: async ({ id }, aws) => (await aws.discovery()).deleteService({ Id: id }),
  },
  {
    noun: "namespace",
    pattern: /^servicediscovery:namespace\/(.+)$/,
    look: async ({ id }, aws) => presence((await aws.discovery()).getNamespace({ Id: id }), () => true),
    remove: removeNamespace,
  },
];

/** ECS makes services in it for Service Connect, which bear no tags of ours: a namespace is removed only when it has none. */
async function removeNamespace({ id }: Thing, aws: AwsPort): Promise<void> {
  const discovery = await aws.discovery();
  const { Services = [] } = await discovery.listServices({
    Filters: [{ Name: "NAMESPACE_ID", Values: [id] }],
  });
  for (const { Id } of Services) await discovery.deleteService({ Id });
  await discovery.deleteNamespace({ Id: id });
}
