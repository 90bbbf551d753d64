import { address, type Block } from "../../../../terraform/block.ts";
import { kindOf, type Value } from "../../../../terraform/expression.ts";
import type { Stack } from "../../../../terraform/stack.ts";
import type { Ports } from "../../../ports.ts";
import { FakeAwsError, fakeClient } from "../../../testing/fake-client.ts";
import { finderOf } from "../kinds.ts";

/** A thing that exists in the fake account; its id in AWS is its address in Terraform. */
export interface Thing {
  readonly block: Block;
  readonly id: string;
  readonly name: string;
  tags: Readonly<Record<string, string>>;
  /** Where AWS is still making it. */
  state?: string;
}

/** Everything that a stack would make exists already; a test may take away or change some of it. */
export function thingsOf(stack: Stack): Thing[] {
  return stack.blocks
    .filter((block) => block.kind === "resource" && finderOf(block.type) !== undefined)
    .map((block) => {
      const { Name, ...tags } = Object(block.args["tags"]);
      const tagged = { ...stack.provider.tags, ...tags, ...(Name === undefined ? {} : { Name }) };
      return { block, id: address(block), name: nameOf(block, Name), tags: tagged };
    });
}

function nameOf({ args }: Block, tag: unknown): string {
  const [endpoint] = [args["vpc_origin_endpoint_config"]].flat();
  const named = [
    args["name"],
    args["identifier"],
    args["bucket"],
    args["replication_group_id"],
    tag,
    Object(endpoint).name,
    args["comment"],
  ];
  return String(named.find((one) => typeof one === "string") ?? "");
}

/** What an argument names: an address where it refers to a thing, else what is written. */
export function meant(value: Value | undefined): unknown {
  const isRef = typeof value === "object" && value !== null && kindOf in value && value[kindOf] === "ref";
  return isRef ? value.path.slice(0, 2).join(".") : value;
}

const Items = (tags: Thing["tags"]) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const items = (tags: Thing["tags"]) => Object.entries(tags).map(([key, value]) => ({ key, value }));

/** An account that holds these things, and answers as AWS does; nothing in it can be changed. */
export function fakeExisting(things: readonly Thing[]): Ports["aws"] {
  const world: World = {
    all: (type) => things.filter((one) => one.block.type === type),
    named: (type, name) => things.find((one) => one.block.type === type && one.name === name),
    tagsOf: (id) => things.find((one) => one.id === id)?.tags ?? {},
  };
  const services = {
    ec2,
    loadBalancing,
    rds,
    elasticache,
    cloudfront,
    ecr,
    ecs,
    s3,
    sqs,
    logs,
    secrets,
    iam,
    scheduler,
  };
  const clients = Object.entries(services).map(([name, operations]) => {
    const client = fakeClient({ calls: [], failAt: 0 }, operations(world));
    return [name, async () => client];
  });
  // What is looked for must not ask for more than this.
  return Object.fromEntries(clients) as unknown as Ports["aws"];
}

interface World {
  all(type: string): readonly Thing[];
  named(type: string, name: string | undefined): Thing | undefined;
  tagsOf(id: string): Thing["tags"];
}

function found<T>(thing: T | undefined, error: string): T {
  if (thing === undefined) throw new FakeAwsError(error);
  return thing;
}

interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
}

function ec2({ all }: World) {
  const matches = (thing: Thing, filters: readonly Filter[]) =>
    filters.every(
      ({ Name, Values }) => !Name.startsWith("tag:") || Values.includes(thing.tags[Name.slice(4)] ?? ""),
    );
  const list =
    (type: string, answer: string, id: string) => (input: { Filters?: Filter[]; Filter?: Filter[] }) => ({
      [answer]: all(type)
        .filter((one) => matches(one, input.Filters ?? input.Filter ?? []))
        .map((one) => ({ [id]: one.id, Tags: Items(one.tags), State: one.state ?? "available" })),
    });
  const tables = list("aws_route_table", "RouteTables", "RouteTableId");
  const filterOf = (filters: readonly Filter[], name: string) =>
    filters.find((one) => one.Name === name)?.Values[0];
  return {
    describeVpcs: list("aws_vpc", "Vpcs", "VpcId"),
    describeSubnets: list("aws_subnet", "Subnets", "SubnetId"),
    describeInternetGateways: list("aws_internet_gateway", "InternetGateways", "InternetGatewayId"),
    describeAddresses: list("aws_eip", "Addresses", "AllocationId"),
    describeNatGateways: list("aws_nat_gateway", "NatGateways", "NatGatewayId"),
    describeVpcEndpoints: list("aws_vpc_endpoint", "VpcEndpoints", "VpcEndpointId"),
    describeRouteTables: (input: { RouteTableIds?: readonly string[]; Filters?: Filter[] }) => {
      const [id] = input.RouteTableIds ?? [];
      if (id === undefined) return tables(input);
      const within = (type: string) =>
        all(type).filter((one) => meant(one.block.args["route_table_id"]) === id);
      const Routes = within("aws_route").map((one) => ({
        DestinationCidrBlock: one.block.args["destination_cidr_block"],
      }));
      const Associations = within("aws_route_table_association").map((one) => ({
        SubnetId: meant(one.block.args["subnet_id"]),
      }));
      return { RouteTables: [{ RouteTableId: id, Routes, Associations }] };
    },
    describeSecurityGroups: ({ Filters = [] }: { Filters?: Filter[] }) => ({
      SecurityGroups: all("aws_security_group")
        .filter((one) => one.name === filterOf(Filters, "group-name"))
        .filter((one) => meant(one.block.args["vpc_id"]) === filterOf(Filters, "vpc-id"))
        .map((one) => ({ GroupId: one.id, Tags: Items(one.tags) })),
    }),
    describeSecurityGroupRules: ({ Filters = [] }: { Filters?: Filter[] }) => ({
      SecurityGroupRules: [false, true].flatMap((IsEgress) =>
        all(`aws_vpc_security_group_${IsEgress ? "egress" : "ingress"}_rule`)
          .filter((one) => meant(one.block.args["security_group_id"]) === filterOf(Filters, "group-id"))
          .map(({ id, block: { args } }) => ({
            SecurityGroupRuleId: id,
            IsEgress,
            Description: args["description"],
            IpProtocol: args["ip_protocol"],
            FromPort: args["from_port"] ?? -1,
            ToPort: args["to_port"] ?? -1,
            CidrIpv4: args["cidr_ipv4"],
            ReferencedGroupInfo: { GroupId: meant(args["referenced_security_group_id"]) },
          })),
      ),
    }),
  };
}

function loadBalancing({ all, named, tagsOf }: World) {
  return {
    describeLoadBalancers: ({ Names: [name] }: { Names: readonly string[] }) => {
      const one = found(named("aws_lb", name), "LoadBalancerNotFoundException");
      return { LoadBalancers: [{ LoadBalancerArn: one.id, State: { Code: one.state ?? "active" } }] };
    },
    describeTargetGroups: ({ Names: [name] }: { Names: readonly string[] }) => {
      const one = found(named("aws_lb_target_group", name), "TargetGroupNotFoundException");
      return { TargetGroups: [{ TargetGroupArn: one.id }] };
    },
    describeListeners: ({ LoadBalancerArn }: { LoadBalancerArn: string }) => ({
      Listeners: all("aws_lb_listener")
        .filter((one) => meant(one.block.args["load_balancer_arn"]) === LoadBalancerArn)
        .map((one) => ({ ListenerArn: one.id, Port: one.block.args["port"] })),
    }),
    describeRules: ({ ListenerArn }: { ListenerArn: string }) => ({
      Rules: all("aws_lb_listener_rule")
        .filter((one) => meant(one.block.args["listener_arn"]) === ListenerArn)
        .map((one) => ({ RuleArn: one.id, Priority: String(one.block.args["priority"]) })),
    }),
    describeTags: ({ ResourceArns: [arn = ""] }: { ResourceArns: readonly string[] }) => ({
      TagDescriptions: [{ Tags: Items(tagsOf(arn)) }],
    }),
  };
}

function rds({ named, tagsOf }: World) {
  return {
    describeDBInstances: ({ DBInstanceIdentifier }: { DBInstanceIdentifier: string }) => {
      const one = found(named("aws_db_instance", DBInstanceIdentifier), "DBInstanceNotFoundFault");
      return { DBInstances: [{ DBInstanceStatus: one.state ?? "available", TagList: Items(one.tags) }] };
    },
    describeDBParameterGroups: ({ DBParameterGroupName: name }: { DBParameterGroupName: string }) => {
      const one = found(named("aws_db_parameter_group", name), "DBParameterGroupNotFoundFault");
      return { DBParameterGroups: [{ DBParameterGroupArn: one.id }] };
    },
    describeDBSubnetGroups: ({ DBSubnetGroupName: name }: { DBSubnetGroupName: string }) => {
      const one = found(named("aws_db_subnet_group", name), "DBSubnetGroupNotFoundFault");
      return { DBSubnetGroups: [{ DBSubnetGroupArn: one.id }] };
    },
    listTagsForResource: ({ ResourceName }: { ResourceName: string }) => ({
      TagList: Items(tagsOf(ResourceName)),
    }),
  };
}

function elasticache({ named, tagsOf }: World) {
  return {
    describeReplicationGroups: ({ ReplicationGroupId }: { ReplicationGroupId: string }) => {
      const one = found(
        named("aws_elasticache_replication_group", ReplicationGroupId),
        "ReplicationGroupNotFoundFault",
      );
      return { ReplicationGroups: [{ ARN: one.id, Status: one.state ?? "available" }] };
    },
    describeCacheSubnetGroups: ({ CacheSubnetGroupName: name }: { CacheSubnetGroupName: string }) => {
      const one = found(named("aws_elasticache_subnet_group", name), "CacheSubnetGroupNotFoundFault");
      return { CacheSubnetGroups: [{ ARN: one.id }] };
    },
    listTagsForResource: ({ ResourceName }: { ResourceName: string }) => ({
      TagList: Items(tagsOf(ResourceName)),
    }),
  };
}

function cloudfront({ all, named, tagsOf }: World) {
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

function ecr({ named, tagsOf }: World) {
  return {
    describeRepositories: ({ repositoryNames: [name] }: { repositoryNames: readonly string[] }) => ({
      repositories: [
        { repositoryArn: found(named("aws_ecr_repository", name), "RepositoryNotFoundException").id },
      ],
    }),
    listTagsForResource: ({ resourceArn }: { resourceArn: string }) => ({ tags: Items(tagsOf(resourceArn)) }),
  };
}

function ecs({ named }: World) {
  return {
    describeClusters: ({ clusters: [name] }: { clusters: readonly string[] }) => {
      const one = named("aws_ecs_cluster", name);
      return {
        clusters: one === undefined ? [] : [{ status: one.state ?? "ACTIVE", tags: items(one.tags) }],
      };
    },
    describeServices: ({ services: [name] }: { services: readonly string[] }) => {
      const one = named("aws_ecs_service", name);
      return {
        services: one === undefined ? [] : [{ status: one.state ?? "ACTIVE", tags: items(one.tags) }],
      };
    },
  };
}

function s3({ named }: World) {
  return {
    headBucket: ({ Bucket }: { Bucket: string }) => found(named("aws_s3_bucket", Bucket), "NotFound"),
    getBucketTagging: ({ Bucket }: { Bucket: string }) => {
      const tags = named("aws_s3_bucket", Bucket)?.tags ?? {};
      if (Object.keys(tags).length === 0) throw new FakeAwsError("NoSuchTagSet");
      return { TagSet: Items(tags) };
    },
  };
}

function sqs({ named, tagsOf }: World) {
  return {
    getQueueUrl: ({ QueueName }: { QueueName: string }) => ({
      QueueUrl: found(named("aws_sqs_queue", QueueName), "QueueDoesNotExist").id,
    }),
    listQueueTags: ({ QueueUrl }: { QueueUrl: string }) => ({ Tags: tagsOf(QueueUrl) }),
  };
}

function logs({ all, tagsOf }: World) {
  return {
    describeLogGroups: ({ logGroupNamePrefix }: { logGroupNamePrefix: string }) => ({
      logGroups: all("aws_cloudwatch_log_group")
        .filter((one) => one.name.startsWith(logGroupNamePrefix))
        .map((one) => ({ logGroupName: one.name, arn: `${one.id}:*` })),
    }),
    listTagsForResource: ({ resourceArn }: { resourceArn: string }) => ({ tags: tagsOf(resourceArn) }),
  };
}

function secrets({ named }: World) {
  return {
    describeSecret: ({ SecretId }: { SecretId: string }) => {
      const one = found(named("aws_secretsmanager_secret", SecretId), "ResourceNotFoundException");
      return { ARN: one.id, Tags: Items(one.tags) };
    },
  };
}

function iam({ named }: World) {
  return {
    getRole: ({ RoleName }: { RoleName: string }) => ({
      Role: { Tags: Items(found(named("aws_iam_role", RoleName), "NoSuchEntityException").tags) },
    }),
  };
}

function scheduler({ named, tagsOf }: World) {
  return {
    getScheduleGroup: ({ Name }: { Name: string }) => ({
      Arn: found(named("aws_scheduler_schedule_group", Name), "ResourceNotFoundException").id,
    }),
    getSchedule: ({ Name }: { Name: string }) =>
      found(named("aws_scheduler_schedule", Name), "ResourceNotFoundException"),
    listTagsForResource: ({ ResourceArn }: { ResourceArn: string }) => ({ Tags: Items(tagsOf(ResourceArn)) }),
  };
}
