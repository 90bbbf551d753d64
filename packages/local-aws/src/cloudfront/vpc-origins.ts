import type {
  CreateVpcOriginCommandInput,
  DeleteVpcOriginCommandInput,
  GetVpcOriginCommandInput,
  UpdateVpcOriginCommandInput,
  VpcOriginEndpointConfig,
} from "@aws-sdk/client-cloudfront";
import type { Platform } from "../platform.ts";
import { type Operation, ServiceError } from "../service.ts";
import type { Holdings } from "./holdings.ts";
import { arnOf } from "./names.ts";
import { isUsed, usesVpcOrigin } from "./references.ts";
import type { Stored } from "./shelf.ts";
import { dropTags, setTags } from "./tags.ts";
import { isDeployed, randomText } from "./versions.ts";

const serviceGroup = "CloudFront-VPCOrigins-Service-SG";

/**
 * VPC origins: a load balancer inside a VPC, reached by CloudFront alone.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
export function vpcOriginOperations(platform: Platform, holdings: Holdings): Record<string, Operation> {
  const { vpcOrigins } = holdings;
  const shown = (kept: Stored<VpcOriginEndpointConfig>) => ({
    VpcOrigin: describe(platform, kept),
    ETag: kept.etag,
  });
  return {
    CreateVpcOrigin: async ({ VpcOriginEndpointConfig: config, Tags }: CreateVpcOriginCommandInput) => {
      const vpcId = await vpcOf(platform, config?.Arn);
      if (config === undefined || vpcOrigins.all().some((other) => other.config.Name === config.Name)) {
        throw new ServiceError("EntityAlreadyExists", "A VPC origin with this name already exists.", 409);
      }
      await checkInternetGateway(platform, vpcId);
      await ensureServiceGroup(platform, vpcId);
      const kept = await vpcOrigins.add(`vo_${randomText(22)}`, config);
      await setTags(holdings, arnOf(platform.settings, "vpcorigin", kept.id), Tags?.Items ?? []);
      return { ...shown(kept), Location: `${platform.settings.endpoint}/2020-05-31/vpc-origin/${kept.id}` };
    },
    GetVpcOrigin: async ({ Id }: GetVpcOriginCommandInput) => shown(vpcOrigins.get(Id)),
    UpdateVpcOrigin: async ({ Id, IfMatch, VpcOriginEndpointConfig: config }: UpdateVpcOriginCommandInput) =>
      shown(await vpcOrigins.replace(Id, IfMatch, config ?? vpcOrigins.get(Id).config)),
    DeleteVpcOrigin: async ({ Id = "", IfMatch }: DeleteVpcOriginCommandInput) => {
      const kept = vpcOrigins.get(Id);
      if (isUsed(holdings, usesVpcOrigin(Id))) {
        throw new ServiceError(
          "CannotDeleteEntityWhileInUse",
          "The entity cannot be deleted while it is in use.",
          409,
        );
      }
      await vpcOrigins.remove(Id, IfMatch);
      await dropTags(holdings, arnOf(platform.settings, "vpcorigin", Id));
      return shown({ ...kept, changed: platform.clock.now().toISOString() });
    },
    ListVpcOrigins: async () => ({
      VpcOriginList: {
        Marker: "",
        MaxItems: 100,
        IsTruncated: false,
        Quantity: vpcOrigins.all().length,
        Items: vpcOrigins.all().map((kept) => {
          const { VpcOriginEndpointConfig: config, ...rest } = describe(platform, kept);
          return { ...rest, Name: config.Name, OriginEndpointArn: config.Arn };
        }),
      },
    }),
  };
}

function describe(platform: Platform, { id, created, changed, config }: Stored<VpcOriginEndpointConfig>) {
  return {
    Id: id,
    Arn: arnOf(platform.settings, "vpcorigin", id),
    AccountId: platform.settings.accountId,
    Status: isDeployed(changed, platform.clock.now()) ? "Deployed" : "Deploying",
    CreatedTime: new Date(created),
    LastModifiedTime: new Date(changed),
    VpcOriginEndpointConfig: config,
  };
}

async function vpcOf({ aws, log }: Platform, balancerArn = ""): Promise<string> {
  const found = await aws.elbv2
    .describeLoadBalancers({ LoadBalancerArns: [balancerArn] })
    .catch((cause: unknown) => {
      log.info("A VPC origin names a load balancer that is not there", { balancerArn, cause: String(cause) });
      return undefined;
    });
  const vpcId = found?.LoadBalancers?.[0]?.VpcId;
  if (vpcId === undefined) {
    throw new ServiceError(
      "InvalidArgument",
      `The resource ${balancerArn} is not a load balancer that CloudFront can reach.`,
    );
  }
  return vpcId;
}

async function checkInternetGateway({ aws }: Platform, vpcId: string): Promise<void> {
  const { InternetGateways } = await aws.ec2.describeInternetGateways({
    Filters: [{ Name: "attachment.vpc-id", Values: [vpcId] }],
  });
  if (InternetGateways === undefined || InternetGateways.length === 0) {
    throw new ServiceError(
      "InvalidArgument",
      `The VPC ${vpcId} has no internet gateway attached, which VPC origins require.`,
    );
  }
}

/** Made with the first VPC origin of a VPC and never removed, as CloudFront does. */
async function ensureServiceGroup({ aws }: Platform, vpcId: string): Promise<void> {
  const { SecurityGroups } = await aws.ec2.describeSecurityGroups({
    Filters: [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "group-name", Values: [serviceGroup] },
    ],
  });
  if (SecurityGroups !== undefined && SecurityGroups.length > 0) return;
  await aws.ec2.createSecurityGroup({
    GroupName: serviceGroup,
    Description: "Security group for CloudFront VPC origins",
    VpcId: vpcId,
  });
}
