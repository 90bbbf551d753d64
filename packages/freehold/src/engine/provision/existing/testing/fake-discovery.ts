import { Items, meant, type World } from "./world.ts";

const httpNamespace = "aws_service_discovery_http_namespace";
const privateNamespace = "aws_service_discovery_private_dns_namespace";

export function discovery({ all, tagsOf }: World) {
  return {
    listNamespaces: ({ Filters: [type] }: { Filters: readonly { Values: readonly string[] }[] }) => ({
      Namespaces: [httpNamespace, privateNamespace].flatMap((one) =>
        all(one)
          .map(({ id, name }) => ({
            Id: id,
            Arn: id,
            Name: name,
            Type: one === httpNamespace ? "HTTP" : "DNS_PRIVATE",
          }))
          .filter(({ Type }) => type?.Values.includes(Type)),
      ),
    }),
    listServices: ({ Filters: [within] }: { Filters: readonly { Values: readonly unknown[] }[] }) => ({
      Services: all("aws_service_discovery_service")
        .filter(({ block }) => within?.Values.includes(meant(block.args["namespace_id"])))
        .map(({ id, name }) => ({ Id: id, Arn: id, Name: name })),
    }),
    listTagsForResource: ({ ResourceARN }: { ResourceARN: string }) => ({ Tags: Items(tagsOf(ResourceARN)) }),
  };
}
