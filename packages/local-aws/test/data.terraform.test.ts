import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ElastiCache } from "@aws-sdk/client-elasticache";
import { RDS } from "@aws-sdk/client-rds";
import { type LocalAws, startLocalAws } from "../src/start.ts";
import { awsProvider, openTerraformRoot, type TerraformRoot } from "./testing/terraform.ts";

const password = "a-password-nobody-may-see";
let local: LocalAws;
let folder: string;
let root: TerraformRoot;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "data-terraform-"));
  local = await startLocalAws({
    port: randomInt(20_000, 30_000),
    folder,
    pid: process.pid,
    environment: process.env,
    calledFrom: "/",
    onShutdown: () => {},
  });
  root = await openTerraformRoot(local.settings.endpoint);
});
after(async () => {
  await root?.close();
  await local?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

const subnets = ["${aws_subnet.a.id}", "${aws_subnet.b.id}"];
const subnet = (zone: string, cidr_block: string) => ({
  vpc_id: "${aws_vpc.main.id}",
  availability_zone: `us-east-1${zone}`,
  cidr_block,
});
const expireUntagged = {
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
      action: { type: "expire" },
    },
  ],
};

/** A stack as people write it: what is not said is left to the provider's defaults. */
function stack(description: string, instanceClass: string) {
  return {
    ...awsProvider,
    resource: {
      aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
      aws_subnet: { a: subnet("a", "10.0.1.0/24"), b: subnet("b", "10.0.2.0/24") },
      aws_security_group: { data: { name: "data", vpc_id: "${aws_vpc.main.id}" } },
      aws_ecr_repository: {
        api: {
          name: "shop/api",
          image_tag_mutability: "IMMUTABLE",
          force_delete: true,
          image_scanning_configuration: [{ scan_on_push: true }],
        },
      },
      aws_ecr_lifecycle_policy: {
        api: { repository: "${aws_ecr_repository.api.name}", policy: JSON.stringify(expireUntagged) },
      },
      aws_db_subnet_group: { main: { name: "main", subnet_ids: subnets } },
      aws_db_parameter_group: {
        main: {
          name: "main",
          family: "postgres17",
          description,
          parameter: [
            { name: "rds.force_ssl", value: "1" },
            { name: "log_min_duration_statement", value: "500" },
          ],
        },
      },
      aws_db_instance: {
        main: {
          identifier: "orders",
          engine: "postgres",
          engine_version: "17",
          instance_class: instanceClass,
          allocated_storage: 20,
          max_allocated_storage: 100,
          storage_type: "gp3",
          storage_encrypted: true,
          db_name: "app",
          username: "shop",
          password_wo: password,
          password_wo_version: 1,
          db_subnet_group_name: "${aws_db_subnet_group.main.name}",
          parameter_group_name: "${aws_db_parameter_group.main.name}",
          vpc_security_group_ids: ["${aws_security_group.data.id}"],
          performance_insights_enabled: true,
          performance_insights_retention_period: 7,
          apply_immediately: true,
          skip_final_snapshot: true,
        },
      },
      aws_elasticache_subnet_group: { main: { name: "main", subnet_ids: subnets } },
      aws_elasticache_replication_group: {
        main: {
          replication_group_id: "shop",
          description,
          engine: "valkey",
          engine_version: "8.0",
          node_type: "cache.t4g.micro",
          num_cache_clusters: 1,
          at_rest_encryption_enabled: "true",
          transit_encryption_enabled: true,
          transit_encryption_mode: "required",
          subnet_group_name: "${aws_elasticache_subnet_group.main.name}",
          security_group_ids: ["${aws_security_group.data.id}"],
          apply_immediately: true,
        },
      },
      aws_scheduler_schedule_group: { main: { name: "shop" } },
      aws_scheduler_schedule: {
        report: {
          name: "report",
          group_name: "${aws_scheduler_schedule_group.main.name}",
          description,
          schedule_expression: "cron(0 4 ? * MON-FRI *)",
          schedule_expression_timezone: "Europe/Berlin",
          flexible_time_window: [{ mode: "OFF" }],
          target: [
            {
              arn: "arn:aws:ecs:us-east-1:123456789012:cluster/shop",
              role_arn: "arn:aws:iam::123456789012:role/schedule",
              input: JSON.stringify({ containerOverrides: [{ name: "report" }] }),
              retry_policy: [{ maximum_retry_attempts: 3, maximum_event_age_in_seconds: 3600 }],
              ecs_parameters: [
                {
                  task_definition_arn: "arn:aws:ecs:us-east-1:123456789012:task-definition/report:1",
                  task_count: 1,
                  propagate_tags: "TASK_DEFINITION",
                  capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }],
                  network_configuration: [{ subnets, security_groups: ["${aws_security_group.data.id}"] }],
                },
              ],
            },
          ],
        },
      },
    },
  };
}

async function setToken(cache: ElastiCache, AuthTokenUpdateStrategy: "ROTATE" | "SET"): Promise<void> {
  const ReplicationGroupId = "shop";
  const AuthToken = "the-token-of-the-shop";
  await cache.modifyReplicationGroup({
    ReplicationGroupId,
    AuthToken,
    AuthTokenUpdateStrategy,
    ApplyImmediately: true,
  });
  for (;;) {
    const { ReplicationGroups } = await cache.describeReplicationGroups({ ReplicationGroupId });
    if (ReplicationGroups?.[0]?.Status === "available") return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

test("Terraform makes repository, database, cache and schedule, changes and removes them; every plan after it is empty", async () => {
  await root.begin(stack("one", "db.t4g.micro"));
  await root.apply(stack("one", "db.t4g.micro"));
  const client = {
    endpoint: local.settings.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const cache = new ElastiCache(client);
  await setToken(cache, "ROTATE");
  await setToken(cache, "SET");
  await root.planIsEmpty();
  await root.apply(stack("one", "db.t4g.small"));
  const { DBInstances } = await new RDS(client).describeDBInstances({ DBInstanceIdentifier: "orders" });
  assert.equal(DBInstances?.[0]?.DBInstanceClass, "db.t4g.small");
  assert.doesNotMatch(await readFile(join(root.folder, "terraform.tfstate"), "utf8"), new RegExp(password));
  await root.destroy();
  const { ReplicationGroups } = await cache.describeReplicationGroups({});
  assert.deepEqual(ReplicationGroups, []);
});
