import { it } from "./compare.ts";
import { answers, memberOf, type Row, refuses } from "./row.ts";

const ecs = (operation: string, input: Row["input"], expected: Row["expected"]): Row => ({
  service: "ecs",
  operation,
  input,
  expected,
});
const ecr = (operation: string, input: Row["input"], expected: Row["expected"]): Row => ({
  service: "ecr",
  operation,
  input,
  expected,
});

const cluster = it;
const taskDefinition = {
  family: it,
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
  containerDefinitions: [{ name: "main", image: "node:24-slim", command: ["sleep", "600"] }],
};

/** ECS without a task: those are in `ecs.docker.test.ts`. */
export const ecsRows: readonly Row[] = [
  ecs(
    "CreateCluster",
    { clusterName: it, tags: [{ key: "of", value: it }] },
    answers({
      cluster: { clusterName: it, status: "ACTIVE", runningTasksCount: 0 },
    }),
  ),
  ecs(
    "DescribeClusters",
    { clusters: [it, "none"] },
    answers({
      clusters: [{ clusterName: it }],
      failures: [{ reason: "MISSING", arn: "arn:aws:ecs:us-east-1:123456789012:cluster/none" }],
    }),
  ),
  ecs(
    "PutClusterCapacityProviders",
    {
      cluster,
      capacityProviders: ["FARGATE"],
      defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    },
    answers({ cluster: { capacityProviders: ["FARGATE"] } }),
  ),
  ecs(
    "RegisterTaskDefinition",
    taskDefinition,
    answers({
      taskDefinition: { family: it, revision: 1, status: "ACTIVE", cpu: "256" },
    }),
  ),
  ecs(
    "RegisterTaskDefinition",
    { ...taskDefinition, memory: "100" },
    refuses("ClientException", /No Fargate configuration exists for given values/),
  ),
  ecs(
    "DescribeTaskDefinition",
    { taskDefinition: it },
    answers({
      taskDefinition: { taskDefinitionArn: `arn:aws:ecs:us-east-1:123456789012:task-definition/${it}:1` },
    }),
  ),
  ecs("ListTaskDefinitionFamilies", { familyPrefix: it }, answers({ families: [it] })),
  ecs(
    "CreateService",
    {
      cluster,
      serviceName: it,
      taskDefinition: it,
      desiredCount: 0,
      launchType: "FARGATE",
      networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0"] } },
    },
    answers({ service: { serviceName: it, status: "ACTIVE", desiredCount: 0 } }),
  ),
  ecs(
    "CreateService",
    { cluster, serviceName: it, taskDefinition: "none", desiredCount: 0 },
    refuses("ClientException", /TaskDefinition not found/),
  ),
  ecs(
    "ListServices",
    { cluster },
    answers({
      serviceArns: [`arn:aws:ecs:us-east-1:123456789012:service/${it}/${it}`],
    }),
  ),
  ecs(
    "DescribeServices",
    { cluster, services: ["none"] },
    answers({
      services: [],
      failures: [{ reason: "MISSING" }],
    }),
  ),
  ecs(
    "DescribeServices",
    { cluster: "none", services: [it] },
    refuses("ClusterNotFoundException", /Cluster not found/),
  ),
  ecs(
    "DescribeTasks",
    { cluster, tasks: ["0123456789abcdef0123456789abcdef"] },
    answers({
      tasks: [],
      failures: [{ reason: "MISSING" }],
    }),
  ),
  ecs(
    "TagResource",
    (earlier) => ({
      resourceArn: memberOf(earlier("CreateCluster"), "cluster", "clusterArn"),
      tags: [{ key: "more", value: "yes" }],
    }),
    answers({}),
  ),
  ecs(
    "ListTagsForResource",
    (earlier) => ({
      resourceArn: memberOf(earlier("CreateCluster"), "cluster", "clusterArn"),
    }),
    answers({
      tags: [
        { key: "of", value: it },
        { key: "more", value: "yes" },
      ],
    }),
  ),
  ecs("DeleteService", { cluster, service: it, force: true }, answers({ service: { serviceName: it } })),
  ecs(
    "DeregisterTaskDefinition",
    { taskDefinition: `${it}:1` },
    answers({
      taskDefinition: { status: "INACTIVE" },
    }),
  ),
  ecs("DeleteCluster", { cluster: "none" }, refuses("ClusterNotFoundException", /Cluster not found/)),
];

const rules = {
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 5 },
      action: { type: "expire" },
    },
  ],
};

export const ecrRows: readonly Row[] = [
  ecr(
    "CreateRepository",
    { repositoryName: it, imageTagMutability: "IMMUTABLE" },
    answers({
      repository: { repositoryName: it, imageTagMutability: "IMMUTABLE", registryId: "123456789012" },
    }),
  ),
  ecr(
    "CreateRepository",
    { repositoryName: it },
    refuses("RepositoryAlreadyExistsException", /already exists/),
  ),
  ecr(
    "DescribeRepositories",
    { repositoryNames: [it] },
    answers({
      repositories: [{ repositoryArn: `arn:aws:ecr:us-east-1:123456789012:repository/${it}` }],
    }),
  ),
  ecr(
    "DescribeRepositories",
    { repositoryNames: ["none"] },
    refuses("RepositoryNotFoundException", /does not exist/),
  ),
  ecr(
    "PutLifecyclePolicy",
    { repositoryName: it, lifecyclePolicyText: JSON.stringify(rules) },
    answers({
      repositoryName: it,
      lifecyclePolicyText: JSON.stringify(rules),
    }),
  ),
  ecr("GetLifecyclePolicy", { repositoryName: it }, answers({ repositoryName: it })),
  ecr("GetRepositoryPolicy", { repositoryName: it }, refuses("RepositoryPolicyNotFoundException", /policy/i)),
  ecr("ListImages", { repositoryName: it }, answers({ imageIds: [] })),
  ecr(
    "DescribeImages",
    { repositoryName: it, imageIds: [{ imageTag: "none" }] },
    refuses("ImageNotFoundException", /none/),
  ),
  ecr("DeleteRepository", { repositoryName: it }, answers({ repository: { repositoryName: it } })),
];
