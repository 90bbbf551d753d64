import type { Database, DatabaseEngine } from "../app/application.ts";
import { defaultSize } from "../app/sizes.ts";
import type { Block } from "../terraform/block.ts";
import type { Expressed, Text } from "../terraform/expression.ts";
import { databaseScripts } from "./database-script.ts";
import { logGroup } from "./log-group.ts";
import type { TaskTemplate } from "./outputs.ts";
import { executionRole, taskRole } from "./roles.ts";
import type { EnvironmentScope } from "./scope.ts";
import { type Secret, secretKey } from "./secret.ts";
import { familyOf, logConfiguration, nameSources, nameValues, taskTemplate } from "./task-template.ts";

export interface DatabaseTaskRequest {
  readonly database: Database;
  readonly connection: {
    readonly host: Text;
    readonly port: Text;
    readonly user: string;
    readonly database: string;
  };
  readonly master: Secret;
  readonly roles: readonly { readonly role: string; readonly secret: Secret }[];
}

/**
 * The one-off task that makes the application's roles and databases. It runs the Compose file's own image, which holds
 * the right client. Its execution role alone reads the master user's secret; the script itself may call nothing of AWS.
 */
export function databaseTask(
  scope: EnvironmentScope,
  request: DatabaseTaskRequest,
): { readonly blocks: readonly Block[]; readonly template: Expressed<TaskTemplate> } {
  const { database, master, roles } = request;
  const logs = logGroup(scope, database.name);
  const own = taskRole(scope, database.name, []);
  const execution = executionRole(scope, {
    owner: database.name,
    logGroupArn: logs.arn,
    secretArns: [master.arn, ...roles.map((one) => one.secret.arn)],
  });
  const template = taskTemplate(scope, {
    owner: database.name,
    family: familyOf(scope, database.name, "database"),
    taskRoleArn: own.arn,
    executionRoleArn: execution.arn,
    size: defaultSize,
    platform: "linux/amd64",
    containers: [
      {
        name: "database",
        essential: true,
        entryPoint: ["sh", "-c", databaseScripts[database.engine], "databases"],
        command: database.databases.flatMap(({ name, role }) => [
          role,
          name,
          passwordVariable(request, role),
        ]),
        stopTimeout: 30,
        portMappings: [],
        environment: nameValues(clientVariables(request)),
        secrets: nameSources({
          [passwordName[database.engine]]: secretKey(master.arn, "password"),
          ...Object.fromEntries(
            roles.map((one) => [passwordVariable(request, one.role), secretKey(one.secret.arn, "password")]),
          ),
        }),
        logConfiguration: logConfiguration(scope, logs, "database"),
      },
    ],
  });
  return { blocks: [...logs.blocks, ...own.blocks, ...execution.blocks], template };
}

/** As libpq reads them, or MySQL's and MariaDB's clients; those take the user as an argument alone. */
function clientVariables({ database, connection }: DatabaseTaskRequest): Readonly<Record<string, Text>> {
  if (database.engine === "postgres") {
    return {
      PGHOST: connection.host,
      PGPORT: connection.port,
      PGUSER: connection.user,
      PGDATABASE: connection.database,
      PGSSLMODE: "require",
    };
  }
  return {
    MYSQL_HOST: connection.host,
    MYSQL_TCP_PORT: connection.port,
    DATABASE_USER: connection.user,
  };
}

const passwordName: Readonly<Record<DatabaseEngine, string>> = {
  postgres: "PGPASSWORD",
  mysql: "MYSQL_PWD",
  mariadb: "MYSQL_PWD",
};

/** A role's name may hold what a variable's may not. */
function passwordVariable({ roles }: DatabaseTaskRequest, role: string): string {
  return `ROLE_PASSWORD_${roles.findIndex((one) => one.role === role) + 1}`;
}
