import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { commandConfiguration } from "../../freehold/src/ports/terraform-mirror.ts";
import { type EcsHouse, openEcsHouse } from "./ecs-house.ts";

const run = promisify(execFile);
let house: EcsHouse;
let folder: string;

before(async () => {
  house = await openEcsHouse();
  folder = await mkdtemp(join(tmpdir(), "ecs-terraform-"));
});
after(async () => {
  await house?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function terraform(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly output: string }> {
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: await commandConfiguration(process.env["TF_CLI_CONFIG_FILE"]),
    AWS_ENDPOINT_URL: `http://127.0.0.1:${house.port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  try {
    const { stdout } = await run("terraform", [...args, "-no-color"], { cwd: folder, env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: `${stdout}${stderr}` };
  }
}

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
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
    provider: {
      aws: {
        region: "us-east-1",
        skip_metadata_api_check: true,
        default_tags: [{ tags: { Application: "shop" } }],
      },
    },
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

async function apply(content: object): Promise<void> {
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(content));
  const applied = await terraform("apply", "-auto-approve", "-input=false");
  assert.equal(applied.code, 0, applied.output);
  const planned = await terraform("plan", "-detailed-exitcode", "-input=false");
  assert.equal(planned.code, 0, planned.output);
}

test("Terraform makes cluster, definition and service, updates and removes them; every plan after it is empty", async () => {
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(stack(0, "600")));
  const begun = await terraform("init", "-input=false");
  assert.equal(begun.code, 0, begun.output);
  await apply(stack(0, "600"));
  await apply(stack(1, "601", { wait_for_steady_state: true }));
  const [task] = (await house.ecs.listTasks({ cluster: "tf", serviceName: "tf" })).taskArns ?? [];
  const { tags } = await house.ecs.listTagsForResource({ resourceArn: task ?? "" });
  assert.deepEqual(tags, [{ key: "Application", value: "shop" }]);
  const gone = await terraform("destroy", "-auto-approve", "-input=false");
  assert.equal(gone.code, 0, gone.output);
  const { services } = await house.ecs
    .describeServices({ cluster: "tf", services: ["tf"] })
    .catch(() => ({ services: [] }));
  assert.ok(services?.every(({ status }) => status === "INACTIVE"));
});
