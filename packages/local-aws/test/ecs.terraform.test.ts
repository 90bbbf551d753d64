import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type EcsHouse, openEcsHouse } from "./ecs-house.ts";
import { awsProvider, openTerraformRoot, type TerraformRoot } from "./testing/terraform.ts";

let house: EcsHouse;
let root: TerraformRoot;

before(async () => {
  house = await openEcsHouse();
  root = await openTerraformRoot(`http://127.0.0.1:${house.port}`);
});
after(async () => {
  await root?.close();
  await house?.close();
});

/** A stack as people write it: what is not said is left to the provider's defaults. */
function stack(desiredCount: number, command: string, extra: object = {}) {
  const containers = [
    {
      name: "main",
      image: "debian:bookworm-slim",
      command: ["sleep", command],
      portMappings: [{ containerPort: 80 }],
    },
  ];
  return {
    ...awsProvider,
    resource: {
      aws_ecs_cluster: { main: { name: "tf", setting: [{ name: "containerInsights", value: "disabled" }] } },
      aws_ecs_cluster_capacity_providers: {
        main: {
          cluster_name: "${aws_ecs_cluster.main.name}",
          capacity_providers: ["FARGATE", "FARGATE_SPOT"],
        },
      },
      aws_ecs_task_definition: {
        main: {
          family: "tf",
          network_mode: "awsvpc",
          requires_compatibilities: ["FARGATE"],
          cpu: 256,
          memory: 512,
          container_definitions: JSON.stringify(containers),
        },
      },
      aws_ecs_service: {
        main: {
          name: "tf",
          cluster: "${aws_ecs_cluster.main.arn}",
          task_definition: "${aws_ecs_task_definition.main.arn}",
          desired_count: desiredCount,
          capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }],
          network_configuration: [{ subnets: house.subnets }],
          deployment_circuit_breaker: [{ enable: true, rollback: true }],
          propagate_tags: "SERVICE",
          depends_on: ["aws_ecs_cluster_capacity_providers.main"],
          ...extra,
        },
      },
    },
  };
}

test("Terraform makes cluster, definition and service, updates and removes them; every plan after it is empty", async () => {
  await root.begin(stack(0, "600"));
  await root.apply(stack(0, "600"));
  await root.apply(stack(1, "601", { wait_for_steady_state: true }));
  const [task] = (await house.ecs.listTasks({ cluster: "tf", serviceName: "tf" })).taskArns ?? [];
  const { tags } = await house.ecs.listTagsForResource({ resourceArn: task ?? "" });
  assert.deepEqual(tags, [{ key: "Application", value: "shop" }]);
  await root.destroy();
  const { services } = await house.ecs
    .describeServices({ cluster: "tf", services: ["tf"] })
    .catch(() => ({ services: [] }));
  assert.ok(services?.every(({ status }) => status === "INACTIVE"));
});
