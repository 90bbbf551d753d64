import { type Kind, presence } from "../kind.ts";

/** What CloudFront holds; it deletes only what the caller has seen as it is now (`IfMatch`): https://docs.aws.amazon.com/cloudfront/latest/APIReference/. */
export const edgeKinds: readonly Kind[] = [
  {
    noun: "distribution",
    pattern: /^cloudfront:distribution\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.cloudfront()).getDistribution({ Id: id }),
        (answer) => answer.Distribution !== undefined,
      ),
    // CloudFront deletes only what was disabled, and has been so everywhere for minutes.
    wayOut: ({ id }) => `Disable ${id} in the CloudFront console, and delete it once it is deployed.`,
  },
  {
    noun: "function",
    pattern: /^cloudfront:function\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.cloudfront()).describeFunction({ Name: id }),
        (answer) => answer.ETag !== undefined,
      ),
    remove: async ({ id }, aws) => {
      const { ETag } = await (await aws.cloudfront()).describeFunction({ Name: id });
      return (await aws.cloudfront()).deleteFunction({ Name: id, IfMatch: ETag });
    },
  },
  {
    noun: "key value store",
    pattern: /^cloudfront:key-value-store\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.cloudfront()).describeKeyValueStore({ Name: id }),
        (answer) => answer.ETag !== undefined,
      ),
    remove: async ({ id }, aws) => {
      const { ETag } = await (await aws.cloudfront()).describeKeyValueStore({ Name: id });
      return (await aws.cloudfront()).deleteKeyValueStore({ Name: id, IfMatch: ETag });
    },
  },
  {
    noun: "origin access control",
    pattern: /^cloudfront:origin-access-control\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.cloudfront()).getOriginAccessControl({ Id: id }),
        (answer) => answer.ETag !== undefined,
      ),
    remove: async ({ id }, aws) => {
      const { ETag } = await (await aws.cloudfront()).getOriginAccessControl({ Id: id });
      return (await aws.cloudfront()).deleteOriginAccessControl({ Id: id, IfMatch: ETag });
    },
  },
  {
    noun: "VPC origin",
    pattern: /^cloudfront:vpcorigin\/(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.cloudfront()).getVpcOrigin({ Id: id }), (answer) => answer.VpcOrigin !== undefined),
    remove: async ({ id }, aws) => {
      const { ETag } = await (await aws.cloudfront()).getVpcOrigin({ Id: id });
      return (await aws.cloudfront()).deleteVpcOrigin({ Id: id, IfMatch: ETag });
    },
  },
];
