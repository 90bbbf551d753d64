import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  cluster,
  definition,
  type EcsHouse,
  linesOf,
  logGroup,
  network,
  openEcsHouse,
  runOnce,
  untilService,
  untilTask,
} from "./ecs-house.ts";

let house: EcsHouse;
before(async () => {
  house = await openEcsHouse();
});
after(() => house?.close());

const shell = (script: string) => ({ image: "debian:bookworm-slim", command: ["sh", "-c", script] });
const node = (script: string) => ({ image: "node:24-slim", command: ["node", "-e", script] });

/** Answers its name at its port 80, also where a load balancer asks; ends on SIGTERM. */
const greeter = (name: string) => ({
  ...node(
    `process.on("SIGTERM", () => { console.log("told to stop"); process.exit(0); });
     require("http").createServer((q, r) => r.end(${JSON.stringify(name)})).listen(80);`,
  ),
  portMappings: [{ containerPort: 80 }],
});

test("a task runs to its exit code, with secrets in its variables and its output in the logs", async () => {
  const secret = await house.secrets.createSecret({ Name: "shop", SecretString: '{"token":"tok-1"}' });
  await house.ssm.putParameter({ Name: "/shop/colour", Value: "green", Type: "SecureString" });
  const task = await runOnce(
    house,
    definition(house, "once", {
      ...shell('echo "token $TOKEN colour $COLOUR name $NAME"; echo problem >&2; exit 3'),
      environment: [{ name: "NAME", value: 'a "quoted" $value' }],
      secrets: [
        { name: "TOKEN", valueFrom: `${secret.ARN}:token::` },
        { name: "COLOUR", valueFrom: "/shop/colour" },
      ],
    }),
  );
  assert.deepEqual(
    [task.containers?.[0]?.exitCode, task.stopCode, task.stoppedReason],
    [3, "EssentialContainerExited", "Essential container in task exited"],
  );
  const lines = await linesOf(house, task);
  assert.deepEqual([...lines].sort(), ["problem", 'token tok-1 colour green name a "quoted" $value']);
});

test("overrides change the command and the variables", async () => {
  const asked = definition(house, "override", {
    ...shell("echo plain"),
    environment: [{ name: "A", value: "1" }],
  });
  const containerOverrides = [
    { name: "main", command: ["sh", "-c", "echo $A $B"], environment: [{ name: "B", value: "2" }] },
  ];
  const task = await runOnce(house, asked, { overrides: { containerOverrides } });
  assert.deepEqual(await linesOf(house, task), ["1 2"]);
});

test("much output arrives whole and in order", async () => {
  const task = await runOnce(
    house,
    definition(house, "much", shell("seq 1 30000; head -c 40000 /dev/zero | tr '\\0' x")),
  );
  const id = task.taskArn?.split("/").at(-1);
  const lines: string[] = [];
  let nextToken: string | undefined;
  for (;;) {
    const page = await house.logs.getLogEvents({
      logGroupName: logGroup,
      logStreamName: `test/main/${id}`,
      startFromHead: true,
      nextToken,
    });
    if (!page.events?.length) break;
    lines.push(...page.events.map(({ message = "" }) => message));
    nextToken = page.nextForwardToken;
  }
  assert.equal(lines.length, 30_001);
  assert.equal(
    lines.findIndex((line, index) => line !== String(index + 1)),
    30_000,
  );
  assert.equal(lines.at(-1)?.length, 40_000);
});

test("inside a task AWS answers at the endpoint, with the credentials of the task's role", async () => {
  const script = `
    const base = "http://169.254.170.2";
    const json = async (url) => (await fetch(url)).json();
    (async () => {
      const given = await json(base + process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI);
      const task = await json(process.env.ECS_CONTAINER_METADATA_URI_V4 + "/task");
      const own = await json(process.env.ECS_CONTAINER_METADATA_URI_V4);
      const stats = await json(process.env.ECS_CONTAINER_METADATA_URI_V4 + "/stats");
      const stranger = await fetch(base + "/v2/credentials/no-such-id");
      const endpoint = await fetch(process.env.AWS_ENDPOINT_URL + "/_local-aws-is-here");
      console.log(JSON.stringify({
        role: given.RoleArn, key: Boolean(given.AccessKeyId && given.SecretAccessKey && given.Token),
        family: task.Family, cluster: task.Cluster, name: own.Name, cpu: Boolean(stats.cpu_stats),
        stranger: stranger.status, endpoint: endpoint.status > 0, url: process.env.AWS_ENDPOINT_URL,
      }));
    })();`;
  const task = await runOnce(house, definition(house, "inside", { ...node(script) }));
  const [line = "{}"] = await linesOf(house, task);
  assert.deepEqual(JSON.parse(line), {
    role: house.roleArn,
    key: true,
    family: "inside",
    cluster: task.clusterArn,
    name: "main",
    cpu: true,
    stranger: 400,
    endpoint: true,
    url: `http://127.0.0.1:${house.port}`,
  });
});

test("a missing secret, log group or image fails the task in AWS's words", async () => {
  const rows = [
    [
      {
        secrets: [
          { name: "TOKEN", valueFrom: "arn:aws:secretsmanager:us-east-1:123456789012:secret:none-AbCdEf" },
        ],
      },
      /^ResourceInitializationError: unable to pull secrets or registry auth: .*ResourceNotFoundException/,
    ],
    [
      {
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/none", "awslogs-stream-prefix": "x" },
        },
      },
      /^ResourceInitializationError: failed to validate logger args: .*ResourceNotFoundException/,
    ],
    [{ image: `localhost:${house.port}/none:v1` }, /^CannotPullContainerError: /],
    [{ command: ["no-such-program"] }, /^CannotStartContainerError: .*no-such-program/],
  ] as const;
  for (const [wrong, words] of rows) {
    const { logConfiguration, ...rest } = { logConfiguration: undefined, ...wrong };
    const main = { ...shell("true"), ...rest, ...(logConfiguration && { logConfiguration }) };
    const task = await runOnce(
      house,
      definition(house, "missing", {
        ...main,
        secrets: "secrets" in wrong ? [...wrong.secrets] : [],
        command: "command" in wrong ? [...wrong.command] : ["true"],
      }),
    );
    assert.equal(task.stopCode, "TaskFailedToStart");
    assert.match(task.stoppedReason ?? "", words);
  }
});

test("containers wait for what they depend on; a failed dependency fails the task", async () => {
  const { containerDefinitions: [main] = [] } = definition(house, "x", shell("cat /data/made"));
  assert.ok(main);
  const volume = { mountPoints: [{ sourceVolume: "data", containerPath: "/data" }] };
  const init = (exit: number) => ({
    ...main,
    name: "init",
    essential: false,
    ...shell(`sleep 1; echo made >/data/made; exit ${exit}`),
    ...volume,
  });
  const rows = [
    [0, "EssentialContainerExited", ["made"]],
    [1, "TaskFailedToStart", []],
  ] as const;
  for (const [exit, stopCode, lines] of rows) {
    const waiting = {
      ...main,
      ...volume,
      dependsOn: [{ containerName: "init", condition: "SUCCESS" as const }],
    };
    const task = await runOnce(
      house,
      definition(
        house,
        "ordered",
        {},
        { containerDefinitions: [waiting, init(exit)], volumes: [{ name: "data" }] },
      ),
    );
    assert.equal(task.stopCode, stopCode);
    assert.deepEqual(await linesOf(house, task), lines);
  }
});

test("a container that takes too much memory is ended, and the task says so", async () => {
  const eat = node("const all = []; for (;;) all.push(Buffer.alloc(10e6, 1));");
  const task = await runOnce(house, definition(house, "hungry", { ...eat, memory: 128 }));
  assert.deepEqual(
    [task.containers?.[0]?.exitCode, task.stoppedReason],
    [137, "OutOfMemoryError: Container killed due to memory usage"],
  );
});

test("StopTask sends SIGTERM, and SIGKILL to those who will not hear", async () => {
  const rows = [
    ["trap 'echo told; exit 0' TERM; echo ready; while :; do sleep 0.1; done", 0, ["ready", "told"]],
    ["trap '' TERM; echo ready; while :; do sleep 0.1; done", 137, ["ready"]],
  ] as const;
  for (const [script, exitCode, lines] of rows) {
    const { taskDefinition } = await house.ecs.registerTaskDefinition(
      definition(house, "stopped", { ...shell(script), stopTimeout: 2 }),
    );
    const { tasks } = await house.ecs.runTask({
      cluster,
      taskDefinition: taskDefinition?.taskDefinitionArn,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
      networkConfiguration: network(house),
    });
    const arn = tasks?.[0]?.taskArn ?? "";
    const running = await untilTask(house, arn, ({ lastStatus }) => lastStatus === "RUNNING");
    assert.equal(running.capacityProviderName, "FARGATE_SPOT");
    assert.match(
      running.attachments?.[0]?.details?.find(({ name }) => name === "privateIPv4Address")?.value ?? "",
      /^\d+\.\d+\.\d+\.\d+$/,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    await house.ecs.stopTask({ cluster, task: arn, reason: "enough" });
    const task = await untilTask(house, arn, ({ lastStatus }) => lastStatus === "STOPPED");
    assert.deepEqual(
      [task.containers?.[0]?.exitCode, task.stopCode, task.stoppedReason],
      [exitCode, "UserInitiated", "enough"],
    );
    assert.deepEqual(await linesOf(house, task), lines);
  }
});

async function targetGroup(name: string): Promise<string> {
  const { elbv2, vpcId, subnets } = house;
  const { LoadBalancers } = await elbv2.createLoadBalancer({
    Name: name,
    Subnets: [...subnets],
    Scheme: "internal",
  });
  const { TargetGroups } = await elbv2.createTargetGroup({
    Name: name,
    VpcId: vpcId,
    Protocol: "HTTP",
    Port: 80,
    TargetType: "ip",
    HealthCheckIntervalSeconds: 5,
    HealthCheckTimeoutSeconds: 2,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
  });
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? "";
  await elbv2.modifyTargetGroupAttributes({
    TargetGroupArn,
    Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "3" }],
  });
  await elbv2.createListener({
    LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn ?? "",
    Protocol: "HTTP",
    Port: 80,
    DefaultActions: [{ Type: "forward", TargetGroupArn }],
  });
  return TargetGroupArn;
}

async function register(family: string, main: Parameters<typeof definition>[2]): Promise<string> {
  const { taskDefinition } = await house.ecs.registerTaskDefinition(definition(house, family, main));
  return taskDefinition?.taskDefinitionArn ?? "";
}

test("a service of two rolls behind a load balancer; a crashing revision is rolled back", async () => {
  const targetGroupArn = await targetGroup("web");
  const first = await register("web", greeter("one"));
  await house.ecs.createService({
    cluster,
    serviceName: "web",
    taskDefinition: first,
    desiredCount: 2,
    capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    networkConfiguration: network(house),
    loadBalancers: [{ targetGroupArn, containerName: "main", containerPort: 80 }],
    healthCheckGracePeriodSeconds: 30,
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  });
  const steady = (definitionArn: string) =>
    untilService(
      house,
      "web",
      ({ deployments = [], runningCount }) =>
        runningCount === 2 &&
        deployments.length === 1 &&
        deployments[0]?.rolloutState === "COMPLETED" &&
        deployments[0].taskDefinition === definitionArn,
    );
  await steady(first);
  const second = await register("web", greeter("two"));
  await house.ecs.updateService({ cluster, service: "web", taskDefinition: second });
  const rolled = await steady(second);
  assert.match(rolled.events?.[0]?.message ?? "", /^\(service web\) has reached a steady state\.$/);
  assert.ok(rolled.events?.some(({ message }) => message?.includes("has begun draining connections on")));

  await leftBeforeTheyStopped("web");

  const { tasks: survivors } = await running("web");
  const third = await register("web", { ...greeter("three"), command: ["node", "-e", "process.exit(1)"] });
  await house.ecs.updateService({ cluster, service: "web", taskDefinition: third });
  const failed = await untilService(house, "web", ({ deployments = [] }) =>
    deployments.some(({ rolloutState }) => rolloutState === "FAILED"),
  );
  assert.equal(failed.taskDefinition, second);
  assert.match(
    failed.deployments?.[0]?.rolloutStateReason ?? "",
    /circuit breaker: rolling back to deploymentId/,
  );
  const back = await steady(second);
  assert.ok(back.events?.some(({ message }) => message?.includes("rolling back to deployment")));
  assert.deepEqual((await running("web")).tasks, survivors);
  const { serviceDeployments } = await house.ecs.listServiceDeployments({ cluster, service: "web" });
  assert.deepEqual(
    serviceDeployments?.map(({ status }) => status),
    ["ROLLBACK_SUCCESSFUL", "SUCCESSFUL", "SUCCESSFUL"],
  );
});

/** That each stopped task was told to stop, and ended at once, only when its deregistration delay of 3 s was over. */
async function leftBeforeTheyStopped(serviceName: string): Promise<void> {
  const { taskArns = [] } = await house.ecs.listTasks({ cluster, serviceName, desiredStatus: "STOPPED" });
  const { tasks = [] } = await house.ecs.describeTasks({ cluster, tasks: taskArns });
  assert.equal(tasks.length, 2);
  for (const { stoppingAt, executionStoppedAt, containers } of tasks) {
    assert.equal(containers?.[0]?.exitCode, 0);
    const seconds = ((executionStoppedAt?.getTime() ?? 0) - (stoppingAt?.getTime() ?? 0)) / 1000;
    assert.ok(seconds >= 3, `it ended ${seconds} s after ECS let it go`);
  }
}

async function running(serviceName: string) {
  const { taskArns = [] } = await house.ecs.listTasks({ cluster, serviceName });
  return { tasks: taskArns.toSorted() };
}

test("a task that dies with its machine is found out and replaced", async () => {
  const [killed = ""] = (await running("web")).tasks;
  assert.partialDeepStrictEqual(await house.order({ kill: { task: killed } }), { killed: [killed] });
  const dead = await untilTask(house, killed, ({ lastStatus }) => lastStatus === "STOPPED");
  assert.partialDeepStrictEqual(dead, {
    stopCode: "EssentialContainerExited",
    containers: [{ exitCode: 137 }],
  });
  await untilService(house, "web", ({ runningCount }) => runningCount === 2);
  assert.equal((await running("web")).tasks.includes(killed), false);
  const all = (await running("web")).tasks;
  assert.partialDeepStrictEqual(await house.order({ kill: { service: "web" } }), { killed: all.toSorted() });
  for (const task of all) await untilTask(house, task, ({ lastStatus }) => lastStatus === "STOPPED");
  await untilService(house, "web", ({ runningCount }) => runningCount === 2);
});

test("a service's dead task is replaced, and after a restart the service runs again", async () => {
  const [killed = ""] = (await running("web")).tasks;
  await house.ecs.stopTask({ cluster, task: killed });
  await untilTask(house, killed, ({ lastStatus }) => lastStatus === "STOPPED");
  await untilService(house, "web", ({ runningCount }) => runningCount === 2);
  const before = await running("web");
  await house.restart();
  const dead = await house.ecs.describeTasks({ cluster, tasks: [...before.tasks] });
  assert.ok(dead.tasks?.every(({ lastStatus }) => lastStatus === "STOPPED"));
  await untilService(
    house,
    "web",
    ({ runningCount, events = [] }) => runningCount === 2 && /steady/.test(events[0]?.message ?? ""),
  );
  assert.equal(
    (await running("web")).tasks.some((arn) => before.tasks.includes(arn)),
    false,
  );
});

test("a service is deleted by force, then the cluster", async () => {
  await assert.rejects(house.ecs.deleteService({ cluster, service: "web" }), {
    name: "InvalidParameterException",
  });
  await assert.rejects(house.ecs.deleteCluster({ cluster }), { name: "ClusterContainsServicesException" });
  await house.ecs.deleteService({ cluster, service: "web", force: true });
  await untilService(house, "web", ({ status }) => status === "INACTIVE");
  assert.equal((await house.ecs.deleteCluster({ cluster })).cluster?.status, "INACTIVE");
});
