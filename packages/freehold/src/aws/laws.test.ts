import assert from "node:assert/strict";
import { test } from "node:test";
import type { Database, Environment } from "../app/application.ts";
import { address, type Block } from "../terraform/block.ts";
import type { Value } from "../terraform/expression.ts";
import { renderStack } from "../terraform/render.ts";
import { renderValue } from "../terraform/render-value.ts";
import type { Stack } from "../terraform/stack.ts";
import { openRanges, unscopedActions } from "./exceptions.ts";
import type { EnvironmentOutputs, TaskTemplate } from "./outputs.ts";
import { exampleFrom } from "./testing/example.ts";
import { addressesOf, look, rootOf, statementsOf } from "./testing/look.ts";
import {
  collectionFacts,
  environmentFacts,
  shopCollection,
  shopCollectionStack,
  shopEnvironment,
  shopEnvironmentStack,
} from "./testing/shop.ts";
import { preview, production, withResource, withService } from "./testing/vary.ts";

const withMessages = exampleFrom(`
services:
  api: { image: "api:1", x-freehold: { uses: [news] } }
x-freehold:
  resources:
    news: { type: topic, subscriptions: [mails] }
    mails: { type: queue }
`);
const messages = withMessages.stackOf(withMessages.environment);

const stacks: readonly (readonly [string, Stack])[] = [
  ["collection", shopCollectionStack()],
  ["staging", shopEnvironmentStack()],
  ["preview", shopEnvironmentStack(preview)],
  ["production", shopEnvironmentStack(production)],
  ["MariaDB", shopEnvironmentStack(withResource<Database>("db", { engine: "mariadb", version: "11.8" }))],
];

function ofType(stack: Stack, ...types: readonly string[]): readonly Block[] {
  return stack.blocks.filter((block) => types.includes(block.type));
}

/** Law 2: arguments that force a new thing, by the provider's source, of what holds data or is named by releases. */
const forcesNew: Readonly<Record<string, readonly string[]>> = {
  aws_cloudfront_function: ["name"],
  aws_cloudfront_key_value_store: ["name"],
  aws_cloudwatch_log_group: ["name"],
  aws_db_instance: [
    "identifier",
    "engine",
    "db_name",
    "username",
    "storage_encrypted",
    "db_subnet_group_name",
  ],
  aws_db_subnet_group: ["name"],
  aws_ecr_repository: ["name"],
  aws_ecs_service: ["name", "cluster"],
  aws_ecs_task_definition: ["family", "cpu", "memory", "network_mode", "requires_compatibilities"],
  aws_elasticache_replication_group: [
    "replication_group_id",
    "at_rest_encryption_enabled",
    "port",
    "subnet_group_name",
  ],
  aws_elasticache_subnet_group: ["name"],
  aws_iam_role: ["name"],
  aws_lb_target_group: ["name", "port", "protocol", "target_type", "vpc_id"],
  aws_s3_bucket: ["bucket"],
  aws_scheduler_schedule: ["name", "group_name"],
  aws_secretsmanager_secret: ["name"],
  aws_security_group: ["name", "description", "vpc_id"],
  aws_sqs_queue: ["name", "fifo_queue"],
};

/** What makes each thing what it is: its address and the arguments that cannot change. */
function identities(stack: Stack): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    stack.blocks
      .filter((block) => block.kind === "resource")
      .map((block) => [
        address(block),
        (forcesNew[block.type] ?? []).map((name) => renderValue(block.args[name] ?? null)),
      ]),
  );
}

const settings: readonly (readonly [string, Environment])[] = [
  ["path", withService("api", { path: "/v2/api" })],
  ["port", withService("api", { port: 9000 })],
  [
    "health",
    withService("api", {
      health: { path: "/up", codes: "200", interval: 10, timeout: 5, healthy: 3, unhealthy: 3, grace: 90 },
    }),
  ],
  ["size", withService("api", { size: { cpu: 1024, memory: 2048 } })],
  ["platform", withService("api", { platform: "linux/arm64" })],
  ["stop grace", withService("api", { stopGrace: 90 })],
  ["schedule", withService("report", { schedule: "rate(5 minutes)", written: "*/5 * * * *" })],
  ["database engine version", withResource("db", { version: "18", image: "postgres:18" })],
  [
    "database size",
    withResource("db", {
      size: "db.r7g.large",
      storage: 200,
      maxStorage: 1000,
      multiZone: true,
      backupDays: 30,
    }),
  ],
  ["database TLS", withResource<Database>("db", { forcesTls: false })],
  ["cache engine version", withResource("cache", { version: "8.1", size: "cache.r7g.large", replicas: 2 })],
  ["cache engine", withResource("cache", { engine: "redis", version: "7.1" })],
  ["queue settings", withResource("orders", { visibilityTimeout: 300, retentionDays: 14, maxReceives: 2 })],
];

test("law 2: no setting renames or replaces anything", () => {
  const before = identities(shopEnvironmentStack());
  for (const [what, changed] of settings) {
    assert.deepEqual(identities(shopEnvironmentStack(changed)), before, what);
    assert.notEqual(
      renderStack(shopEnvironmentStack(changed)),
      renderStack(shopEnvironmentStack()),
      `${what} changes nothing`,
    );
  }
});

test("law 2: a third zone moves no subnet", () => {
  const more = { ...collectionFacts, zones: [...collectionFacts.zones, "us-east-1c"] };
  const before = shopCollectionStack();
  const after = new Map(
    shopCollectionStack(shopCollection, more).blocks.map((block) => [address(block), block.args]),
  );
  for (const subnet of ofType(before, "aws_subnet"))
    assert.deepEqual(after.get(address(subnet)), subnet.args);
});

const guarded = ["aws_db_instance", "aws_ecr_repository", "aws_s3_bucket", "aws_secretsmanager_secret"];

test("law 2: what holds data is guarded outside previews, and open for destroy alone", () => {
  const guards = (stack: Stack) =>
    new Set(ofType(stack, ...guarded).map((block) => block.lifecycle?.preventDestroy));
  assert.deepEqual(guards(shopCollectionStack()), new Set([true]));
  assert.deepEqual(guards(shopEnvironmentStack()), new Set([true]));
  assert.deepEqual(guards(shopEnvironmentStack(preview)), new Set([undefined]));
  assert.deepEqual(
    guards(shopEnvironmentStack(shopEnvironment, { ...environmentFacts, protectData: false })),
    new Set([undefined]),
  );
});

test("law 3: no argument that would carry a secret into the state is used", () => {
  const carriers = ["auth_token", "password", "master_password", "secret_string", "secret_binary"];
  for (const [name, stack] of stacks) {
    const used = stack.blocks.filter((block) => carriers.some((carrier) => carrier in block.args));
    assert.deepEqual(used.map(address), [], name);
    assert.doesNotMatch(renderStack(stack), /AKIA|BEGIN [A-Z ]*PRIVATE KEY|postgres:\/\/[^ "]*:[^ "]*@/);
  }
});

test("law 3: ephemeral values reach write-only arguments alone", () => {
  for (const [, stack] of stacks) {
    for (const block of stack.blocks.filter((one) => one.kind === "resource")) {
      for (const [argument, value] of Object.entries(block.args)) {
        const isEphemeral = JSON.stringify(renderValue(value)).includes("ephemeral.");
        assert.ok(!isEphemeral || argument.endsWith("_wo"), `${address(block)}.${argument}`);
      }
    }
    assert.doesNotMatch(JSON.stringify(Object.values(stack.outputs).map(renderValue)), /ephemeral\./);
  }
});

function policies(stack: Stack): readonly (readonly [string, Value])[] {
  return stack.blocks.flatMap((block) =>
    Object.entries(block.args)
      .filter(([name]) => name === "policy" || name === "assume_role_policy")
      .filter(() => block.type !== "aws_ecr_lifecycle_policy")
      .map(([name, value]) => [`${address(block)}.${name}`, value] as const),
  );
}

test("law 4: no policy allows a wildcard action, and none a wildcard resource but for the listed actions", () => {
  const allowedOnAll: readonly string[] = Object.values(unscopedActions);
  for (const [name, stack] of stacks) {
    for (const [where, policy] of policies(stack)) {
      for (const statement of statementsOf(renderValue(policy)).filter((one) => one.Effect === "Allow")) {
        assert.ok(
          statement.Action.every((one: string) => !one.includes("*")),
          `${name} ${where} ${statement.Action}`,
        );
        const onAll = (statement.Resource ?? []).includes("*");
        assert.ok(
          !onAll || statement.Action.every((one: string) => allowedOnAll.includes(one)),
          `${name} ${where}`,
        );
      }
    }
  }
});

test("law 4: a service's role names exactly what it uses", () => {
  const stack = shopEnvironmentStack();
  const resources = (role: string) =>
    policies(stack)
      .filter(([where]) => where === `aws_iam_role_policy.${role}.policy`)
      .flatMap(([, policy]) => statementsOf(renderValue(policy)))
      .flatMap((statement) => statement.Resource)
      .sort();
  assert.deepEqual(resources("task_api"), [
    "${aws_s3_bucket.uploads.arn}/*",
    "aws_s3_bucket.uploads.arn",
    "aws_sqs_queue.orders.arn",
  ]);
  assert.deepEqual(resources("task_worker"), ["aws_sqs_queue.orders.arn"]);
  assert.deepEqual(resources("task_report"), []);
  assert.deepEqual(resources("task_db"), []);
});

test("law 4: what starts a service's tasks reads the secrets of its own definition, its repository and its logs alone", () => {
  for (const [name, stack] of stacks.filter(([one]) => one !== "collection")) {
    const tasks = tasksOf(stack);
    assert.ok(tasks.length > 3, name);
    for (const [owner, template] of tasks) {
      const role = /^\$\{aws_iam_role\.(\w+)\.arn\}$/.exec(template.executionRoleArn)?.[1];
      const allowed = statementsOf(look(stack, `aws_iam_role_policy.${role}`).policy);
      const on = (action: string): readonly string[] =>
        allowed.filter((one) => one.Action.includes(action)).flatMap((one) => one.Resource);
      assert.deepEqual(
        new Set(on("secretsmanager:GetSecretValue")),
        new Set(secretsIn(template)),
        `${name} ${owner}`,
      );
      assert.deepEqual(on("logs:PutLogEvents"), [`\${aws_cloudwatch_log_group.${owner}.arn}:*`]);
      assert.match(
        on("ecr:BatchGetImage").join(),
        new RegExp(`^arn:aws:ecr:[^,]*repository/shop-default-${owner}-[a-z]{6}$`),
      );
    }
    const roles = tasks.map(([, template]) => template.executionRoleArn);
    assert.equal(new Set(roles).size, roles.length, `${name}: a role starts tasks of two`);
  }
});

/** Templates of the tasks of services and databases, by owner. */
function tasksOf(stack: Stack): readonly (readonly [owner: string, template: TaskTemplate])[] {
  const { services, databases }: EnvironmentOutputs = rootOf(stack).output.freehold.value;
  return [
    ...Object.entries(services).map(([owner, { template }]) => [owner, template] as const),
    ...Object.entries(databases).map(([owner, { task }]) => [owner, task] as const),
  ];
}

/** Addresses of the secrets that the containers of a template are given. */
function secretsIn(template: unknown): readonly string[] {
  return [...JSON.stringify(template).matchAll(/"valueFrom":"\$\{([^}]+)\}/g)].map(
    ([, address = ""]) => address,
  );
}

test("law 4: only the database's own task may read the master user's secret", () => {
  const readers = policies(shopEnvironmentStack())
    .filter(([, policy]) => JSON.stringify(renderValue(policy)).includes("master_db"))
    .map(([where]) => where);
  assert.deepEqual(readers, ["aws_iam_role_policy.execution_db.policy"]);
});

test("law 5: rules of security groups name groups, but for the listed exceptions", () => {
  for (const [name, stack] of stacks) {
    for (const rule of ofType(
      stack,
      "aws_vpc_security_group_ingress_rule",
      "aws_vpc_security_group_egress_rule",
    )) {
      const ranges = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id"].flatMap(
        (argument) => rule.args[argument] ?? [],
      );
      const isListed = Object.values(openRanges).some(
        (one) => one.type === rule.type && ranges.every((range) => range === one.range),
      );
      assert.ok(ranges.length === 0 || isListed, `${name} ${address(rule)}`);
    }
  }
});

test("law 5: nothing has a public address, and no bucket is open", () => {
  for (const [name, stack] of stacks) {
    const text = renderStack(stack);
    assert.doesNotMatch(text, /"(assign_public_ip|publicly_accessible|map_public_ip_on_launch)": true/, name);
    assert.doesNotMatch(text, /"internal": false/, name);
    for (const bucket of ofType(stack, "aws_s3_bucket")) {
      for (const type of [
        "aws_s3_bucket_public_access_block",
        "aws_s3_bucket_policy",
        "aws_s3_bucket_server_side_encryption_configuration",
      ]) {
        assert.ok(
          addressesOf(stack, type).includes(`${type}.${bucket.name}`),
          `${name}: ${bucket.name} has no ${type}`,
        );
      }
    }
  }
});

test("law 6: environments share no name and no priority", () => {
  const names = (stack: Stack) =>
    stack.blocks.flatMap((block) =>
      ["name", "bucket", "identifier", "replication_group_id", "family", "priority"].flatMap((key) => {
        const value = block.args[key];
        return typeof value === "string" || typeof value === "number"
          ? [`${block.type} ${key} ${value}`]
          : [];
      }),
    );
  const one = names(shopEnvironmentStack());
  const other = names(
    shopEnvironmentStack({ ...shopEnvironment, name: "qa" }, { ...environmentFacts, priorityBlock: 2 }),
  );
  const shared = ["aws_iam_role_policy name freehold", "aws_db_parameter_group family postgres17"];
  assert.deepEqual(
    one.filter((name) => other.includes(name) && !shared.includes(name)),
    [],
  );
});

test("descriptions of rules and groups hold only what EC2 takes", () => {
  for (const [, stack] of stacks) {
    for (const block of stack.blocks.filter(
      (one) => /security_group/.test(one.type) && "description" in one.args,
    )) {
      assert.match(
        String(block.args["description"]),
        /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
        address(block),
      );
    }
  }
});

const shared = ["aws_s3_bucket", "aws_sns_topic", "aws_sqs_queue"];

test("law 5: nobody uses a queue, publishes to a topic or reads a bucket without TLS", () => {
  let count = 0;
  for (const [name, stack] of [...stacks, ["messages", messages] as const]) {
    for (const block of ofType(stack, ...shared)) {
      const at = block.type === "aws_s3_bucket" ? `aws_s3_bucket_policy.${block.name}` : address(block);
      const denied = statementsOf(look(stack, at).policy).filter((one) => one.Effect === "Deny");
      assert.deepEqual(
        denied.map((one) => [one.Principal, one.Condition]),
        [["*", { Bool: { "aws:SecureTransport": "false" } }]],
        `${name} ${at}`,
      );
      count += 1;
    }
  }
  assert.ok(count > 10);
});

test("everything that can bear tags is tagged by the provider", () => {
  for (const [, stack] of stacks) {
    assert.equal(stack.provider.tags["ManagedBy"], "freehold");
    assert.equal(stack.provider.tags["Application"], "shop");
  }
});
