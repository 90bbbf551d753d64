import * as z from "zod";
import type {
  CollectionOutputs,
  ConnectOutputs,
  ContainerTemplate,
  DatabaseOutputs,
  EnvironmentOutputs,
  ServiceOutputs,
  TaskTemplate,
} from "../../aws/outputs.ts";

/** What the stacks tell, as it stands in a state: the boundary where JSON becomes the types of `aws/outputs.ts`. */

const text = z.string();
const texts = z.array(z.string());

export const collectionOutputsSchema: z.ZodType<CollectionOutputs> = z.object({
  vpc_id: text,
  public_subnet_ids: texts,
  private_subnet_ids: texts,
  data_subnet_ids: texts,
  zones: texts,
  cluster_arn: text,
  cluster_name: text,
  load_balancer_arn: text,
  load_balancer_dns_name: text,
  load_balancer_security_group_id: text,
  listener_arn: text,
  vpc_origin_id: text,
  repositories: z.record(text, text),
  artifact_bucket: text,
});

/** What is not known here would be missing from the task definitions that a release registers: it is refused. */
const container: z.ZodType<ContainerTemplate> = z.strictObject({
  name: text,
  essential: z.boolean(),
  dependsOn: z
    .array(z.strictObject({ containerName: text, condition: z.literal("SUCCESS") }))
    .exactOptional(),
  entryPoint: texts.exactOptional(),
  command: texts.exactOptional(),
  workingDirectory: text.exactOptional(),
  user: text.exactOptional(),
  linuxParameters: z
    .strictObject({
      initProcessEnabled: z.literal(true).exactOptional(),
      capabilities: z
        .strictObject({ add: texts.exactOptional(), drop: texts.exactOptional() })
        .exactOptional(),
      tmpfs: z
        .array(z.strictObject({ containerPath: text, size: z.number(), mountOptions: texts }))
        .exactOptional(),
    })
    .exactOptional(),
  readonlyRootFilesystem: z.literal(true).exactOptional(),
  ulimits: z
    .array(z.strictObject({ name: z.literal("nofile"), softLimit: z.number(), hardLimit: z.number() }))
    .exactOptional(),
  stopTimeout: z.number(),
  portMappings: z.array(
    z.strictObject({ name: text, containerPort: z.number(), protocol: z.literal("tcp") }),
  ),
  healthCheck: z
    .strictObject({
      command: texts,
      interval: z.number(),
      timeout: z.number(),
      retries: z.number(),
      startPeriod: z.number(),
    })
    .exactOptional(),
  environment: z.array(z.strictObject({ name: text, value: text })),
  mountPoints: z
    .array(z.strictObject({ sourceVolume: text, containerPath: text, readOnly: z.boolean() }))
    .exactOptional(),
  secrets: z.array(z.strictObject({ name: text, valueFrom: text })),
  logConfiguration: z.strictObject({ logDriver: z.literal("awslogs"), options: z.record(text, text) }),
});

const fileSystemVolume = z.strictObject({
  name: text,
  efsVolumeConfiguration: z.strictObject({
    fileSystemId: text,
    transitEncryption: z.literal("ENABLED"),
    authorizationConfig: z.strictObject({ accessPointId: text, iam: z.literal("ENABLED") }),
  }),
});

const template: z.ZodType<TaskTemplate> = z.strictObject({
  family: text,
  taskRoleArn: text,
  executionRoleArn: text,
  networkMode: z.literal("awsvpc"),
  requiresCompatibilities: z.tuple([z.literal("FARGATE")]),
  cpu: text,
  memory: text,
  runtimePlatform: z.strictObject({
    cpuArchitecture: z.enum(["X86_64", "ARM64"]),
    operatingSystemFamily: z.literal("LINUX"),
  }),
  containerDefinitions: z.array(container),
  volumes: z.array(z.union([fileSystemVolume, z.strictObject({ name: text })])).exactOptional(),
  tags: z.array(z.strictObject({ key: text, value: text })),
});

const connect: z.ZodType<ConnectOutputs> = z.object({
  namespace: text,
  services: z.array(
    z.object({
      portName: text,
      discoveryName: text,
      clientAliases: z.tuple([z.object({ dnsName: text, port: z.number() })]),
    }),
  ),
});

const service: z.ZodType<ServiceOutputs> = z.object({
  type: z.enum(["web", "private", "worker", "cron", "job"]),
  ecs_service: text.nullable(),
  target_group_arn: text.nullable(),
  schedule: z.object({ name: text, group: text }).nullable(),
  connect: connect.nullable(),
  security_group_id: text,
  log_group: text,
  binding_secret_arn: text.nullable(),
  template,
});

const database: z.ZodType<DatabaseOutputs> = z.object({
  host: text,
  port: z.number(),
  master_secret_arn: text,
  role_secret_arns: z.record(text, text),
  task: template,
  task_security_group_id: text,
});

const named = z.record(text, z.object({ name: text, arn: text }));

export const environmentOutputsSchema: z.ZodType<EnvironmentOutputs> = z.object({
  domain: text.nullable(),
  distribution_id: text.nullable(),
  key_value_store_arn: text.nullable(),
  services: z.record(text, service),
  sites: z.record(text, z.object({ bucket: text, key: text })),
  databases: z.record(text, database),
  caches: z.record(
    text,
    z.object({
      host: text,
      port: z.number(),
      replication_group_id: text.nullable(),
      token_secret_arn: text.nullable(),
    }),
  ),
  buckets: named,
  queues: z.record(text, z.object({ name: text, url: text, arn: text })),
  tables: named,
  topics: named,
  volumes: z.record(text, z.object({ id: text, arn: text })),
  secret_arn: text,
  task_subnet_ids: texts,
});
