import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type {
  CreateServiceCommandInput,
  DescribeServicesCommandOutput,
  DescribeTasksCommandOutput,
  ListTaskDefinitionsCommandOutput,
  ListTasksCommandOutput,
  RegisterTaskDefinitionCommandOutput,
  RunTaskCommandInput,
  Service,
  UpdateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import {
  type DescribeTargetGroupsCommandInput,
  ElasticLoadBalancingV2,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { STS } from "@aws-sdk/client-sts";
import { caller, doublePlatform } from "../../test/testing/double-platform.ts";
import { noTaskDoors } from "../../test/testing/no-task-doors.ts";
import { createEcs } from "./service.ts";

const account = "arn:aws:ecs:eu-central-1:000000000000";
const awsvpcConfiguration = { subnets: ["subnet-1"] };
const definition = {
  family: "web",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
  containerDefinitions: [{ name: "main", image: "nginx:1", portMappings: [{ containerPort: 80 }] }],
};
const sound: CreateServiceCommandInput = {
  cluster: "c",
  serviceName: "web",
  taskDefinition: "web",
  desiredCount: 0,
  launchType: "FARGATE",
  networkConfiguration: { awsvpcConfiguration },
};

let call: ReturnType<typeof caller>;

const describeTargetGroups = async ({ TargetGroupArns: [arn] = [] }: DescribeTargetGroupsCommandInput) => {
  const group: TargetGroup = {
    TargetType: arn === "lambda" ? "lambda" : "ip",
    LoadBalancerArns: arn === "loose" ? [] : ["lb"],
  };
  return { $metadata: {}, TargetGroups: [group] };
};

/** The control plane alone: no scheduler runs, and tasks wait for a network for ever. */
beforeEach(async () => {
  const elbv2 = Object.assign(new ElasticLoadBalancingV2({ region: "eu-central-1" }), {
    describeTargetGroups,
  });
  const sts = new STS({ region: "eu-central-1" });
  const nowhere = () => new Promise<string>(() => {});
  const networks = { forVpc: nowhere, forSubnet: nowhere, holds: async () => true };
  const ecs = await createEcs(await doublePlatform({ aws: { elbv2, sts }, networks }), noTaskDoors);
  await ecs.stop?.();
  call = caller(ecs);
  await call("CreateCluster", { clusterName: "c", capacityProviders: ["FARGATE"] });
  await call("RegisterTaskDefinition", definition);
});

const describe = async (name = "web"): Promise<Service | undefined> =>
  (await call<DescribeServicesCommandOutput>("DescribeServices", { cluster: "c", services: [name] }))
    .services?.[0];
const balanced = (targetGroupArn: string, containerName = "main", containerPort = 80) => ({
  loadBalancers: [{ targetGroupArn, containerName, containerPort }],
});

const refused: readonly (readonly [
  change: Partial<CreateServiceCommandInput>,
  code: string,
  message: RegExp,
])[] = [
  [{ cluster: "none" }, "ClusterNotFoundException", /^Cluster not found\.$/],
  [{ taskDefinition: "none" }, "ClientException", /TaskDefinition not found/],
  [
    { networkConfiguration: undefined },
    "InvalidParameterException",
    /Network Configuration must be provided/,
  ],
  [
    balanced("tg", "other"),
    "InvalidParameterException",
    /^The container other does not exist in the task definition\.$/,
  ],
  [balanced("tg", "main", 81), "InvalidParameterException", /did not have a container port 81 defined/],
  [balanced("loose"), "InvalidParameterException", /does not have an associated load balancer/],
  [balanced("lambda"), "InvalidParameterException", /target type lambda/],
  [
    { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT" }] },
    "InvalidParameterException",
    /not associated/,
  ],
  [{ schedulingStrategy: "DAEMON" }, "UnsupportedFeatureException", /DAEMON/],
  [{ deploymentController: { type: "CODE_DEPLOY" } }, "UnsupportedFeatureException", /CODE_DEPLOY/],
  [{ deploymentConfiguration: { strategy: "BLUE_GREEN" } }, "UnsupportedFeatureException", /BLUE_GREEN/],
  [{ serviceConnectConfiguration: { enabled: true } }, "InvalidParameterException", /namespace is needed/],
  [
    { serviceConnectConfiguration: { enabled: true, namespace: "n", services: [{ portName: "none" }] } },
    "InvalidParameterException",
    /portName none does not exist/,
  ],
];
for (const [change, code, message] of refused) {
  test(`CreateService refuses ${JSON.stringify(change)}`, async () => {
    await assert.rejects(call("CreateService", { ...sound, ...change }), { code, message });
    assert.equal(await describe(), undefined);
  });
}

test("a service is made once, and is found by name and ARN", async () => {
  await call("CreateService", { ...sound, ...balanced("tg"), tags: [{ key: "a", value: "b" }] });
  await assert.rejects(call("CreateService", sound), { message: "Creation of service was not idempotent." });
  const byArn = await describe(`${account}:service/c/web`);
  assert.deepEqual([byArn?.serviceName, byArn?.status, byArn?.deployments?.length], ["web", "ACTIVE", 1]);
  assert.equal(byArn?.taskDefinition, `${account}:task-definition/web:1`);
  const missing = await call<DescribeServicesCommandOutput>("DescribeServices", {
    cluster: "c",
    services: ["none"],
  });
  assert.deepEqual(
    [missing.services, missing.failures],
    [[], [{ arn: `${account}:service/c/none`, reason: "MISSING" }]],
  );
});

test("only a change of the revision, or force, begins a deployment", async () => {
  await call("CreateService", sound);
  await call("RegisterTaskDefinition", definition);
  const rows: readonly (readonly [change: Partial<UpdateServiceCommandInput>, deployments: number])[] = [
    [{ desiredCount: 3 }, 1],
    [{ deploymentConfiguration: { maximumPercent: 150 } }, 1],
    [{ healthCheckGracePeriodSeconds: 9 }, 1],
    [{ taskDefinition: "web:1" }, 1],
    [{ taskDefinition: "web" }, 2],
    [{ networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-2"] } } }, 3],
    [{ capacityProviderStrategy: [{ capacityProvider: "FARGATE" }], forceNewDeployment: true }, 4],
    [{ forceNewDeployment: true }, 5],
  ];
  for (const [change, deployments] of rows) {
    await call("UpdateService", { cluster: "c", service: "web", ...change });
    assert.equal((await describe())?.deployments?.length, deployments, JSON.stringify(change));
  }
  const after = await describe();
  assert.deepEqual(
    [
      after?.desiredCount,
      after?.deploymentConfiguration?.maximumPercent,
      after?.deploymentConfiguration?.minimumHealthyPercent,
    ],
    [3, 150, 100],
  );
  assert.deepEqual(
    [after?.launchType, after?.capacityProviderStrategy],
    [undefined, [{ capacityProvider: "FARGATE" }]],
  );
});

test("a service that is not there, or no longer, is not updated", async () => {
  const update = { cluster: "c", service: "web", desiredCount: 1 };
  await assert.rejects(call("UpdateService", update), { code: "ServiceNotFoundException" });
  await call("CreateService", { ...sound, desiredCount: 1 });
  await assert.rejects(call("DeleteService", { cluster: "c", service: "web" }), {
    code: "InvalidParameterException",
  });
  await call("DeleteService", { cluster: "c", service: "web", force: true });
  assert.equal((await describe())?.status, "DRAINING");
  await assert.rejects(call("UpdateService", update), { code: "ServiceNotActiveException" });
});

test("revisions count up, are found, listed and retired", async () => {
  const register = () => call<RegisterTaskDefinitionCommandOutput>("RegisterTaskDefinition", definition);
  assert.equal((await register()).taskDefinition?.revision, 2);
  await call("DeregisterTaskDefinition", { taskDefinition: "web:2" });
  const latest = await call<RegisterTaskDefinitionCommandOutput>("DescribeTaskDefinition", {
    taskDefinition: "web",
  });
  assert.equal(latest.taskDefinition?.revision, 1);
  assert.equal((await register()).taskDefinition?.revision, 3);
  const listed = await call<ListTaskDefinitionsCommandOutput>("ListTaskDefinitions", {
    familyPrefix: "web",
    sort: "DESC",
  });
  assert.deepEqual(
    listed.taskDefinitionArns,
    [3, 1].map((revision) => `${account}:task-definition/web:${revision}`),
  );
  await assert.rejects(call("RunTask", { ...run, taskDefinition: "web:2" }), { message: /inactive/ });
  await assert.rejects(call("DescribeTaskDefinition", { taskDefinition: "none" }), {
    code: "ClientException",
  });
});

const run: RunTaskCommandInput = {
  cluster: "c",
  taskDefinition: "web",
  launchType: "FARGATE",
  networkConfiguration: { awsvpcConfiguration },
};

test("RunTask refuses what has no place, and unknown containers", async () => {
  const rows: readonly (readonly [change: Partial<RunTaskCommandInput>, message: RegExp])[] = [
    [{ launchType: undefined }, /No Container Instances/],
    [{ networkConfiguration: undefined }, /Network Configuration/],
    [{ overrides: { containerOverrides: [{ name: "other" }] } }, /container named other/],
    [{ count: 11 }, /between 1 and 10/],
  ];
  for (const [change, message] of rows)
    await assert.rejects(call("RunTask", { ...run, ...change }), { message });
});

test("tasks are listed by what names them", async () => {
  await call("RunTask", { ...run, startedBy: "me", count: 2 });
  const count = async (filter: object) =>
    (await call<ListTasksCommandOutput>("ListTasks", { cluster: "c", ...filter })).taskArns?.length;
  assert.deepEqual(
    await Promise.all(
      [
        {},
        { startedBy: "me" },
        { startedBy: "you" },
        { family: "web" },
        { family: "w" },
        { desiredStatus: "STOPPED" },
      ].map(count),
    ),
    [2, 2, 0, 2, 0, 0],
  );
  await assert.rejects(count({ serviceName: "none" }), { code: "ServiceNotFoundException" });
  const { failures } = await call<DescribeTasksCommandOutput>("DescribeTasks", {
    cluster: "c",
    tasks: ["none"],
  });
  assert.deepEqual(failures, [{ arn: `${account}:task/c/none`, reason: "MISSING" }]);
});
