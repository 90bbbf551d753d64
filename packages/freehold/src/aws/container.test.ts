import assert from "node:assert/strict";
import { test } from "node:test";
import type { Web } from "../app/application.ts";
import type { Sandbox } from "../app/sandbox.ts";
import { rootOf } from "./testing/look.ts";
import { shopEnvironmentStack } from "./testing/shop.ts";
import { withoutServices, withService } from "./testing/vary.ts";

function containerOf(name: string, environment = withoutServices()) {
  const { template } = rootOf(shopEnvironmentStack(environment)).output.freehold.value.services[name];
  return template.containerDefinitions[0];
}

function variable(container: ReturnType<typeof containerOf>, name: string): string | undefined {
  return container.environment.find((one: { name: string }) => one.name === name)?.value;
}

test("plain bindings are attributes of what they are bound to", () => {
  const api = containerOf("api");
  assert.equal(variable(api, "DB_HOST"), "${aws_db_instance.db.address}");
  assert.equal(variable(api, "DB_PORT"), "${tostring(aws_db_instance.db.port)}");
  assert.equal(variable(api, "ORDERS_URL"), "${aws_sqs_queue.orders.url}");
  assert.equal(variable(api, "UPLOADS_NAME"), "${aws_s3_bucket.uploads.id}");
  assert.equal(variable(api, "LOG_LEVEL"), "info");
});

test("bindings with credentials come from the service's secret, by key", () => {
  const api = containerOf("api");
  const url = api.secrets.find((one: { name: string }) => one.name === "DATABASE_URL");
  assert.equal(url.valueFrom, "${aws_secretsmanager_secret.bindings_api.arn}:DATABASE_URL::");
  assert.equal(variable(api, "DATABASE_URL"), undefined);
});

test("the user's secrets come from the environment's, and win over a variable of that name", () => {
  const api = containerOf("api", withService<Web>("api", { secrets: ["LOG_LEVEL"] }));
  const secret = api.secrets.find((one: { name: string }) => one.name === "LOG_LEVEL");
  assert.equal(secret.valueFrom, "${aws_secretsmanager_secret.environment.arn}:LOG_LEVEL::");
  assert.equal(variable(api, "LOG_LEVEL"), undefined);
});

test("every service knows where the environment is found, over http on a laptop alone", () => {
  const domain = "aws_cloudfront_distribution.main.domain_name";
  assert.equal(
    variable(containerOf("worker"), "FREEHOLD_URL"),
    `\${(can(regex("\\\\.localhost(:[0-9]+)?$", ${domain})) ? "http" : "https")}://\${${domain}}`,
  );
  assert.equal(variable(containerOf("worker", withoutServices("api", "web")), "FREEHOLD_URL"), undefined);
});

test("a variable may hold what FREEHOLD_URL holds", () => {
  const api = containerOf("api", withService<Web>("api", { ownUrls: ["PUBLIC_URL"] }));
  assert.ok(variable(api, "PUBLIC_URL") !== undefined);
  assert.equal(variable(api, "PUBLIC_URL"), variable(api, "FREEHOLD_URL"));
});

test("authorities are named to those who speak to a database or cache, unless the file says otherwise", () => {
  const own = withService<Web>("api", { variables: { NODE_EXTRA_CA_CERTS: "/own.pem" } });
  assert.equal(variable(containerOf("worker"), "NODE_EXTRA_CA_CERTS"), "/etc/freehold/ca.pem");
  assert.equal(variable(containerOf("api", own), "NODE_EXTRA_CA_CERTS"), "/own.pem");
  const alone = withService<Web>("api", { uses: ["uploads"], bindings: {} });
  assert.equal(variable(containerOf("api", alone), "NODE_EXTRA_CA_CERTS"), undefined);
});

test("a sandbox is what the container definition says of Linux", () => {
  const sandbox: Sandbox = {
    init: true,
    readOnly: true,
    added: ["SYS_PTRACE"],
    dropped: ["ALL"],
    openFiles: { soft: 1024, hard: 65_536 },
    inMemory: [{ path: "/tmp", size: 64, options: ["noexec"] }],
  };
  const { linuxParameters, readonlyRootFilesystem, ulimits } = containerOf(
    "api",
    withService<Web>("api", { sandbox }),
  );
  assert.deepEqual(linuxParameters, {
    initProcessEnabled: true,
    capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] },
    tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["noexec"] }],
  });
  assert.equal(readonlyRootFilesystem, true);
  assert.deepEqual(ulimits, [{ name: "nofile", softLimit: 1024, hardLimit: 65_536 }]);
  assert.deepEqual(
    Object.keys(containerOf("api")).filter((key) => /linux|readonly|ulimits/.test(key)),
    [],
  );
});

test("a template holds no null, and a cron no port", () => {
  const { services, databases } = rootOf(shopEnvironmentStack()).output.freehold.value;
  const templates = [
    ...Object.values<{ template: object }>(services).map((one) => one.template),
    databases.db.task,
  ];
  assert.equal(templates.length, 4);
  for (const template of templates) assert.doesNotMatch(JSON.stringify(template), /null/);
  assert.deepEqual(containerOf("report").portMappings, []);
  assert.deepEqual(containerOf("report").command, ["node", "src/report.js"]);
});

test("the URL of a resource that asks for no credential is a plain variable", () => {
  const url = { kind: "url", resource: "cache", scheme: "redis", path: "/1", query: "", open: true } as const;
  const own = withService<Web>("api", { bindings: { CACHE: url } });
  const api = containerOf("api", own);
  assert.equal(
    variable(api, "CACHE"),
    "redis://${aws_elasticache_replication_group.cache.primary_endpoint_address}:6379/1",
  );
  assert.ok(!api.secrets.some((one: { name: string }) => one.name === "CACHE"));
});
