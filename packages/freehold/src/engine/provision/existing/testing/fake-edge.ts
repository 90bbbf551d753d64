import { found, Items, type World } from "./world.ts";

export function cloudfront({ all, named, tagsOf }: World) {
  return {
    listDistributions: () => ({
      DistributionList: {
        Items: all("aws_cloudfront_distribution").map((one) => ({
          Id: one.id,
          ARN: one.id,
          Comment: one.name,
        })),
      },
    }),
    listVpcOrigins: () => ({
      VpcOriginList: {
        Items: all("aws_cloudfront_vpc_origin").map((one) => ({
          Id: one.id,
          Arn: one.id,
          Name: one.name,
          Status: one.state ?? "Deployed",
        })),
      },
    }),
    listOriginAccessControls: () => ({
      OriginAccessControlList: {
        Items: all("aws_cloudfront_origin_access_control").map((one) => ({ Id: one.id, Name: one.name })),
      },
    }),
    describeFunction: ({ Name }: { Name: string }) =>
      found(named("aws_cloudfront_function", Name), "NoSuchFunctionExists"),
    describeKeyValueStore: ({ Name }: { Name: string }) => {
      const one = found(named("aws_cloudfront_key_value_store", Name), "EntityNotFound");
      return { KeyValueStore: { Status: one.state ?? "READY" } };
    },
    listTagsForResource: ({ Resource }: { Resource: string }) => ({
      Tags: { Items: Items(tagsOf(Resource)) },
    }),
  };
}
