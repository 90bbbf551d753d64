import type { Database, DatabaseSetting } from "../app/application.ts";
import { engineFacts } from "../app/database-engine.ts";
import { terraformName } from "../app/names.ts";
import { UserError } from "../errors.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import { call, type Expressed, type Ref } from "../terraform/expression.ts";
import { exportedLogs, insights, logParameters, tlsParameter } from "./database-engine.ts";
import { databaseTask } from "./database-task.ts";
import type { Facility } from "./facilities.ts";
import { retentionOf } from "./log-group.ts";
import { masterSecret } from "./master-secret.ts";
import { nameOf, secretName } from "./names.ts";
import type { DatabaseOutputs } from "./outputs.ts";
import { type EnvironmentScope, guardOf, serviceTags, within } from "./scope.ts";
import { secret } from "./secret.ts";
import { admit, closedGroup, taskGroup } from "./security-group.ts";

export interface DatabaseFacility extends Facility {
  readonly outputs: Expressed<DatabaseOutputs>;
}

/** Both cannot change without a new instance, hence the same for everybody: applications never hold the master user. */
const masterUser = "freehold";
const firstDatabase = "app";

/**
 * An instance that speaks TLS, alone or on request, and what makes the application's own roles and databases in it.
 * Errors: UserError `reserved-role`.
 */
export function database(scope: EnvironmentScope, wanted: Database): DatabaseFacility {
  const { name, databases, engine } = wanted;
  const { port } = engineFacts[engine];
  refuseMasterRole(wanted);
  const server = closedGroup(scope, name);
  const tasks = taskGroup(scope, name, "task");
  const master = masterSecret(scope, name, masterUser);
  const roles = [...new Set(databases.map(({ role }) => role))].map((role) => ({
    role,
    secret: roleSecret(scope, name, role),
  }));
  const subnets = subnetGroup(scope, name);
  const parameters = parameterGroup(scope, wanted);
  const logs = exportedLogs(wanted).map((log) => exportGroup(scope, name, log));
  const main = instance(scope, wanted, logs, {
    db_subnet_group_name: ref(subnets, "name"),
    parameter_group_name: ref(parameters, "name"),
    vpc_security_group_ids: [server.id],
    password_wo: master.password,
  });
  const host = ref(main, "address");
  const task = databaseTask(scope, {
    database: wanted,
    connection: {
      host,
      port: call("tostring", ref(main, "port")),
      user: masterUser,
      database: firstDatabase,
    },
    master: master.secret,
    roles,
  });
  const [firstOwn] = databases;
  return {
    name,
    blocks: [
      ...server.blocks,
      ...tasks.blocks,
      admit(tasks, server, port),
      ...master.blocks,
      ...roles.flatMap((one) => one.secret.blocks),
      subnets,
      parameters,
      ...logs,
      main,
      ...task.blocks,
    ],
    attributes: {
      host,
      port: call("tostring", ref(main, "port")),
      address: ref(main, "endpoint"),
      ...(firstOwn === undefined ? {} : { name: firstOwn.name, user: firstOwn.role }),
      arn: ref(main, "arn"),
    },
    statements: [],
    server: { group: server, port },
    outputs: {
      host,
      port: ref(main, "port"),
      master_secret_arn: master.secret.arn,
      role_secret_arns: Object.fromEntries(roles.map((one) => [one.role, one.secret.arn])),
      task: task.template,
      task_security_group_id: tasks.id,
    },
  };
}

function refuseMasterRole({ name, databases }: Database): void {
  if (!databases.some(({ role }) => role === masterUser)) return;
  throw new UserError({
    code: "reserved-role",
    subject: `services.${name}`,
    message: `\`${masterUser}\` is the name of the database's master user, which applications never hold.`,
    hint: "Give the application's user another name.",
  });
}

function roleSecret(scope: EnvironmentScope, name: string, role: string) {
  return secret(scope, {
    name: `role_${terraformName(`${name}/${role}`)}`,
    secret: secretName(within(scope, name), `role/${role}`),
    description: `Role ${role} of the database ${name}`,
    tags: serviceTags(name),
  });
}

function subnetGroup(scope: EnvironmentScope, name: string) {
  return resource("aws_db_subnet_group", terraformName(name), {
    name: nameOf("subnetGroup", within(scope, name)),
    subnet_ids: scope.facts.collection.data_subnet_ids,
    tags: serviceTags(name),
  });
}

/** A group belongs to one major version for life: an upgrade makes the next one, under its own name, before this one goes. */
function parameterGroup(scope: EnvironmentScope, wanted: Database) {
  const { name, engine, version } = wanted;
  const family = `${engine}${version}`;
  return resource(
    "aws_db_parameter_group",
    terraformName(name),
    {
      name: nameOf("parameterGroup", within(scope, name), family),
      family,
      parameter: [tlsParameter(wanted), ...logParameters(wanted)],
      tags: serviceTags(name),
    },
    { lifecycle: { createBeforeDestroy: true } },
  );
}

interface Wiring {
  readonly db_subnet_group_name: Ref;
  readonly parameter_group_name: Ref;
  readonly vpc_security_group_ids: readonly Ref[];
  readonly password_wo: Expressed<string>;
}

function instance(
  scope: EnvironmentScope,
  wanted: Database,
  logs: readonly Block[],
  wiring: Wiring,
): Block<"arn" | "address" | "endpoint" | "port"> {
  const { name, engine, version, size, storage, maxStorage, multiZone, backupDays } = wanted;
  return resource(
    "aws_db_instance",
    terraformName(name),
    {
      identifier: instanceName(scope, name),
      engine,
      engine_version: version,
      allow_major_version_upgrade: true,
      auto_minor_version_upgrade: true,
      apply_immediately: true,
      db_name: firstDatabase,
      username: masterUser,
      // Terraform cannot see a changed write-only value: rotating the secret raises this number.
      password_wo_version: 1,
      port: engineFacts[engine].port,
      instance_class: size,
      allocated_storage: storage,
      max_allocated_storage: maxStorage,
      storage_type: "gp3",
      storage_encrypted: true,
      multi_az: multiZone,
      publicly_accessible: false,
      backup_retention_period: backupDays,
      copy_tags_to_snapshot: true,
      enabled_cloudwatch_logs_exports: exportedLogs(wanted),
      ...insights(wanted),
      ...wiring,
      ...removal(scope, name),
      tags: serviceTags(name),
    },
    { lifecycle: { ...guardOf(scope), ignoreChanges: leftToTheConsole(wanted) }, dependsOn: logs },
  );
}

/** Made before RDS writes to it: a group that RDS makes itself keeps its lines for ever, and outlives the instance. */
function exportGroup(scope: EnvironmentScope, name: string, log: string): Block {
  return resource("aws_cloudwatch_log_group", terraformName(`${name}/${log}`), {
    name: `/aws/rds/instance/${instanceName(scope, name)}/${log}`,
    retention_in_days: retentionOf(scope),
    tags: serviceTags(name),
  });
}

function instanceName(scope: EnvironmentScope, name: string): string {
  return nameOf("database", within(scope, name));
}

/** Outside previews a database leaves a snapshot behind, also when `destroy` has opened the guard. */
function removal({ environment, facts, identity, isGuarded }: EnvironmentScope, name: string) {
  const deletion_protection = isGuarded;
  if (environment.kind === "preview") return { deletion_protection, skip_final_snapshot: true };
  const final_snapshot_identifier = nameOf(
    "database",
    { ...identity, service: name },
    facts.snapshotSuffix ?? "final",
  );
  return { deletion_protection, skip_final_snapshot: false, final_snapshot_identifier };
}

const argumentOf: Readonly<Record<DatabaseSetting, string>> = {
  size: "instance_class",
  storage: "allocated_storage",
  maxStorage: "max_allocated_storage",
  multiZone: "multi_az",
  backupDays: "backup_retention_period",
};

/** What may be changed in the console without being drift: all that the file does not name. */
function leftToTheConsole({ named }: Database): readonly string[] {
  const unnamed = Object.entries(argumentOf)
    .filter(([setting]) => named !== undefined && !named.some((one) => one === setting))
    .map(([, argument]) => argument);
  return [...unnamed, "backup_window", "iops", "storage_throughput", "storage_type"].sort();
}
