import { recognise } from "../sweep/kind.ts";
import { kinds } from "../sweep/kinds.ts";
import type { FakeInventory } from "./fake-inventory.ts";

type Answer = (ids: readonly string[]) => unknown;

const listed =
  (member: string, state: object = {}): Answer =>
  (ids) => ({ [member]: ids.map(() => state) });
const one = (answer: object) => (): unknown => answer;

/** By call: the noun of what it looks up, the argument that names it, and the answer. */
export const lookups: Readonly<Record<string, readonly [string, string, Answer]>> = {
  describeNatGateways: ["NAT gateway", "NatGatewayIds", listed("NatGateways", { State: "available" })],
  describeAddresses: ["elastic IP address", "AllocationIds", listed("Addresses")],
  describeVpcEndpoints: ["VPC endpoint", "VpcEndpointIds", listed("VpcEndpoints", { State: "available" })],
  describeNetworkInterfaces: ["network interface", "NetworkInterfaceIds", listed("NetworkInterfaces")],
  describeSecurityGroupRules: ["security group rule", "SecurityGroupRuleIds", listed("SecurityGroupRules")],
  describeSecurityGroups: ["security group", "GroupIds", listed("SecurityGroups")],
  describeSubnets: ["subnet", "SubnetIds", listed("Subnets")],
  describeRouteTables: ["route table", "RouteTableIds", listed("RouteTables")],
  describeInternetGateways: ["internet gateway", "InternetGatewayIds", listed("InternetGateways")],
  describeVpcs: ["VPC", "VpcIds", listed("Vpcs")],
  describeListeners: ["listener", "ListenerArns", listed("Listeners")],
  describeLoadBalancers: ["load balancer", "LoadBalancerArns", listed("LoadBalancers")],
  describeTargetGroups: ["target group", "TargetGroupArns", listed("TargetGroups")],
  describeTasks: ["task", "tasks", listed("tasks", { desiredStatus: "RUNNING" })],
  describeServices: ["service", "services", listed("services", { status: "ACTIVE" })],
  describeClusters: ["cluster", "clusters", listed("clusters", { status: "ACTIVE" })],
  describeRepositories: ["image repository", "repositoryNames", listed("repositories")],
  getDistribution: ["distribution", "Id", one({ Distribution: {}, ETag: "e" })],
  describeFunction: ["function", "Name", one({ ETag: "e" })],
  describeKeyValueStore: ["key value store", "Name", one({ ETag: "e" })],
  getOriginAccessControl: ["origin access control", "Id", one({ ETag: "e" })],
  getVpcOrigin: ["VPC origin", "Id", one({ VpcOrigin: {}, ETag: "e" })],
  describeDBInstances: [
    "database",
    "DBInstanceIdentifier",
    listed("DBInstances", { DBInstanceStatus: "available" }),
  ],
  describeDBSubnetGroups: ["database subnet group", "DBSubnetGroupName", listed("DBSubnetGroups")],
  describeDBParameterGroups: [
    "database parameter group",
    "DBParameterGroupName",
    listed("DBParameterGroups"),
  ],
  describeReplicationGroups: [
    "cache",
    "ReplicationGroupId",
    listed("ReplicationGroups", { Status: "available" }),
  ],
  describeCacheClusters: ["cache node", "CacheClusterId", listed("CacheClusters")],
  describeCacheSubnetGroups: ["cache subnet group", "CacheSubnetGroupName", listed("CacheSubnetGroups")],
  getNamespace: ["namespace", "Id", one({})],
  getService: ["discoverable service", "Id", one({})],
  describeFileSystems: [
    "file system",
    "FileSystemId",
    listed("FileSystems", { LifeCycleState: "available" }),
  ],
  describeAccessPoints: [
    "access point",
    "AccessPointId",
    listed("AccessPoints", { LifeCycleState: "available" }),
  ],
  getTopicAttributes: ["topic", "TopicArn", one({ Attributes: {} })],
  describeTable: ["table", "TableName", one({ Table: { TableStatus: "ACTIVE" } })],
  getQueueUrl: ["queue", "QueueName", one({ QueueUrl: "queue" })],
  headBucket: ["bucket", "Bucket", one({})],
  getRole: ["role", "RoleName", one({ Role: {} })],
  listRolePolicies: ["role", "RoleName", one({ PolicyNames: ["freehold"] })],
  listAttachedRolePolicies: ["role", "RoleName", one({ AttachedPolicies: [] })],
  deleteRolePolicy: ["role", "RoleName", one({})],
  getSchedule: ["schedule group", "GroupName", one({ Name: "schedule" })],
  getScheduleGroup: ["schedule group", "Name", one({ State: "ACTIVE" })],
};

/** By call: the noun of what it deletes, and the argument that names it. */
export const deletions: Readonly<Record<string, readonly [string, string]>> = {
  deleteNatGateway: ["NAT gateway", "NatGatewayId"],
  releaseAddress: ["elastic IP address", "AllocationId"],
  deleteVpcEndpoints: ["VPC endpoint", "VpcEndpointIds"],
  deleteNetworkInterface: ["network interface", "NetworkInterfaceId"],
  deleteSecurityGroup: ["security group", "GroupId"],
  revokeSecurityGroupIngress: ["security group rule", "SecurityGroupRuleIds"],
  deleteSubnet: ["subnet", "SubnetId"],
  deleteRouteTable: ["route table", "RouteTableId"],
  deleteInternetGateway: ["internet gateway", "InternetGatewayId"],
  deleteVpc: ["VPC", "VpcId"],
  deleteRule: ["listener rule", "RuleArn"],
  deleteListener: ["listener", "ListenerArn"],
  deleteLoadBalancer: ["load balancer", "LoadBalancerArn"],
  deleteTargetGroup: ["target group", "TargetGroupArn"],
  stopTask: ["task", "task"],
  deleteService: ["service", "service"],
  deleteCluster: ["cluster", "cluster"],
  deleteRepository: ["image repository", "repositoryName"],
  deleteFunction: ["function", "Name"],
  deleteKeyValueStore: ["key value store", "Name"],
  deleteOriginAccessControl: ["origin access control", "Id"],
  deleteVpcOrigin: ["VPC origin", "Id"],
  deleteDBSubnetGroup: ["database subnet group", "DBSubnetGroupName"],
  deleteDBParameterGroup: ["database parameter group", "DBParameterGroupName"],
  deleteCacheSubnetGroup: ["cache subnet group", "CacheSubnetGroupName"],
  deleteNamespace: ["namespace", "Id"],
  deleteAccessPoint: ["access point", "AccessPointId"],
  deleteTopic: ["topic", "TopicArn"],
  deleteRole: ["role", "RoleName"],
  deleteLogGroup: ["log group", "logGroupName"],
  deleteScheduleGroup: ["schedule group", "Name"],
};

type List = (input: object, inventory: FakeInventory) => unknown;

/** Calls that list; each answers one page, or undefined where it is not about what is in the inventory. */
export const listings: Readonly<Record<string, List>> = {
  getResources: (input, inventory) => ({
    ResourceTagMappingList: [...inventory.things, ...inventory.ghosts]
      .filter(([, tags]) => isWanted(tags, Reflect.get(input, "TagFilters")))
      .map(([ResourceARN, tags]) => ({ ResourceARN, Tags: pairs(tags) })),
    PaginationToken: "",
  }),
  listRoles: (_input, inventory) => ({
    Roles: ofNoun("role", inventory).map(({ arn: Arn, id: RoleName }) => ({ Arn, RoleName })),
  }),
  listRoleTags: (input, inventory) => ({
    Tags: ofNoun("role", inventory)
      .filter(({ id }) => id === Reflect.get(input, "RoleName"))
      .flatMap(({ arn }) => pairs(inventory.things.get(arn))),
  }),
  describeLogGroups: (input, inventory) => ({
    logGroups: ofNoun("log group", inventory)
      .filter(({ id }) => id.startsWith(String(Reflect.get(input, "logGroupNamePrefix"))))
      .map(({ arn, id: logGroupName }) => ({ arn, logGroupName })),
  }),
  listTagsForResource: (input, { things }) => {
    const tags = things.get(String(Reflect.get(input, "resourceArn")));
    return tags === undefined ? undefined : { tags };
  },
  describeDBSnapshots: (input, inventory) => ({
    DBSnapshots: ofNoun("database snapshot", inventory)
      .filter(({ id }) => [id, undefined].includes(Reflect.get(input, "DBSnapshotIdentifier")))
      .map(({ arn }) => ({ DBSnapshotArn: arn, TagList: pairs(inventory.things.get(arn)) })),
  }),
  listFunctions: (_input, inventory) => ({ FunctionList: { Items: named("function", inventory) } }),
  listKeyValueStores: (_input, inventory) => ({
    KeyValueStoreList: { Items: named("key value store", inventory) },
  }),
  listOriginAccessControls: (_input, inventory) => ({
    OriginAccessControlList: {
      Items: named("origin access control", inventory).map((item) => ({ ...item, Id: item.Name })),
    },
  }),
  listSchedules: () => ({ Schedules: [] }),
  describeRules: (input, inventory) => ({
    Rules: ofNoun("listener rule", inventory)
      .filter(({ arn }) => [Reflect.get(input, "RuleArns")].flat().includes(arn) || "ListenerArn" in input)
      .map(({ arn: RuleArn }) => ({
        RuleArn,
        Conditions: [
          {
            HttpHeaderConfig: {
              HttpHeaderName: "x-freehold-environment",
              Values: [inventory.things.get(RuleArn)?.["Environment"] ?? ""],
            },
          },
        ],
      })),
  }),
};

function ofNoun(noun: string, { things }: FakeInventory) {
  return [...things.keys()].flatMap((arn) => {
    const found = recognise(arn, kinds);
    return found?.kind.noun === noun ? [found.thing] : [];
  });
}

function named(noun: string, inventory: FakeInventory) {
  return ofNoun(noun, inventory).map(({ arn: ARN, id: Name }) => ({ ARN, Name }));
}

function pairs(tags: Readonly<Record<string, string>> = {}) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

interface TagFilter {
  readonly Key: string;
  readonly Values: readonly string[];
}

function isWanted(tags: Readonly<Record<string, string>>, filters: readonly TagFilter[]): boolean {
  return filters.every(({ Key, Values }) => Values.includes(tags[Key] ?? ""));
}
