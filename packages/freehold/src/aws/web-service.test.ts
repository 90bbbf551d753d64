import assert from "node:assert/strict";
import { test } from "node:test";
import type { Web } from "../app/application.ts";
import { look } from "./testing/look.ts";
import { shopEnvironment, shopEnvironmentStack } from "./testing/shop.ts";
import { preview, withService } from "./testing/vary.ts";

function at(address: string, change: Partial<Web> = {}) {
  return look(shopEnvironmentStack(withService<Web>("api", change)), address);
}

test("a service begins at nothing, and what releases change is left to them", () => {
  const service = at("aws_ecs_service.api");
  assert.equal(service.desired_count, 0);
  assert.deepEqual(service.lifecycle.ignore_changes, [
    "capacity_provider_strategy",
    "desired_count",
    "load_balancer",
    "service_connect_configuration",
    "task_definition",
  ]);
  assert.deepEqual(service.deployment_circuit_breaker, { enable: true, rollback: true });
  assert.deepEqual(service.depends_on, ["aws_lb_listener_rule.api"]);
});

test("the placeholder fits the load balancer, and never changes again", () => {
  const placeholder = at("aws_ecs_task_definition.api", { port: 9000 });
  assert.match(placeholder.container_definitions, /"containerPort" = 9000/);
  assert.deepEqual(placeholder.lifecycle.ignore_changes, ["container_definitions"]);
  assert.deepEqual(at("aws_ecs_service.api", { port: 9000 }).load_balancer, [
    { container_name: "api", container_port: 9000, target_group_arn: "${aws_lb_target_group.api.arn}" },
  ]);
});

test("the target group's number is 80 for life; its checks are the service's", () => {
  const group = at("aws_lb_target_group.api", { port: 9000 });
  assert.equal(group.port, 80);
  assert.equal(group.health_check.path, "/api/health");
  assert.equal(group.health_check.matcher, "200-399");
  assert.equal(group.health_check.unhealthy_threshold, 5);
  assert.deepEqual(group.lifecycle.ignore_changes, ["health_check"], "from then on it is the releases'");
});

test("a target is drained as long as its task may take to stop, 15 to 120 seconds", () => {
  const delay = (stopGrace: number) => at("aws_lb_target_group.api", { stopGrace }).deregistration_delay;
  assert.deepEqual([delay(2), delay(60), delay(120)], ["15", "60", "120"]);
});

test("the rule asks for the environment and the path, and /api does not catch /apiary", () => {
  const rule = at("aws_lb_listener_rule.api");
  assert.deepEqual(rule.condition, [
    { http_header: { http_header_name: "x-freehold-environment", values: ["dev"] } },
    { path_pattern: { values: ["/api", "/api/*"] } },
  ]);
  assert.ok(rule.priority >= 100 && rule.priority < 200);
  assert.deepEqual(at("aws_lb_listener_rule.api", { path: "/" }).condition[1], {
    path_pattern: { values: ["/*"] },
  });
});

test("the load balancer reaches the service's port, and the service what it uses", () => {
  const stack = shopEnvironmentStack();
  const rules = stack.blocks.filter((block) => block.type === "aws_vpc_security_group_ingress_rule");
  assert.deepEqual(rules.map((rule) => `${rule.args["description"]} ${rule.args["from_port"]}`).sort(), [
    "From api 5432",
    "From api 6379",
    "From db/task 5432",
    "From report 5432",
    "From the load balancer 8000",
    "From worker 5432",
  ]);
});

test("previews run on spot capacity, the others do not", () => {
  const capacity = (environment = shopEnvironment) =>
    look(shopEnvironmentStack(environment), "aws_ecs_service.worker").capacity_provider_strategy[0]
      .capacity_provider;
  assert.equal(capacity(), "FARGATE");
  assert.equal(capacity(preview), "FARGATE_SPOT");
});
