import type { TarFile } from "../../docker/tar.ts";
import { forcesTls } from "../parameters.ts";
import type { ParameterGroup } from "../state.ts";

const folder = "/local-aws";

export const paths = {
  start: `${folder}/start`,
  configuration: `${folder}/my.cnf`,
  certificate: `${folder}/server.pem`,
  key: `${folder}/server.key`,
  master: `${folder}/master.sql`,
  settings: `${folder}/settings.sql`,
} as const;

/** The server reads its key as `mysql`, and images differ in the number of that user. */
const start = `#!/bin/sh
set -e
chown mysql ${paths.key}
exec docker-entrypoint.sh "$@"
`;

/**
 * Makes the master user and the first database as RDS does, or sets the user's password; can be run again. Both are told
 * in variables. The master has no SUPER:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
 */
const master = `
SET @user = CONCAT(QUOTE(@master), '@', QUOTE('%'));
SET @statement = CONCAT('CREATE USER IF NOT EXISTS ', @user);
PREPARE statement FROM @statement;
EXECUTE statement;
SET @statement = CONCAT('ALTER USER ', @user, ' IDENTIFIED WITH mysql_native_password AS ', QUOTE(@verifier));
PREPARE statement FROM @statement;
EXECUTE statement;
SET @statement = CONCAT('GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER ON *.* TO ', @user, ' WITH GRANT OPTION');
PREPARE statement FROM @statement;
EXECUTE statement;
SET @statement = IF(@first = '', 'DO 0', CONCAT('CREATE DATABASE IF NOT EXISTS ', CHAR(96), REPLACE(@first, CHAR(96), CONCAT(CHAR(96), CHAR(96))), CHAR(96)));
PREPARE statement FROM @statement;
EXECUTE statement;
`;

/** What a container is given before it starts. */
export function serverFiles(pair: {
  readonly certificate: string;
  readonly key: string;
}): readonly TarFile[] {
  return [
    { path: paths.start, mode: 0o755, content: start },
    { path: paths.master, mode: 0o644, content: master },
    { path: paths.certificate, mode: 0o644, content: pair.certificate },
    { path: paths.key, mode: 0o600, content: pair.key },
  ];
}

/** What changes with the parameter group: read at the start, and what a running server is told. */
export function settingFiles(port: number, group: ParameterGroup): readonly TarFile[] {
  return [
    { path: paths.configuration, mode: 0o644, content: optionFile(port, group) },
    { path: paths.settings, mode: 0o644, content: settingStatements(group) },
  ];
}

/** https://mariadb.com/docs/server/server-management/install-and-upgrade-mariadb/configuring-mariadb/configuring-mariadb-with-option-files */
function optionFile(port: number, group: ParameterGroup): string {
  const own = {
    port: String(port),
    "bind-address": "*",
    "ssl-cert": paths.certificate,
    "ssl-key": paths.key,
    // The master user's; MySQL 8.4 has it off unless told, the others do not know the option.
    "loose-mysql-native-password": "ON",
  };
  const lines = [...settingsOf(group), ...Object.entries(own)].map(
    ([name, value]) => `${name} = ${quoted(value)}\n`,
  );
  return `[mysqld]\n${lines.join("")}`;
}

/** Escapes of an option file, between double quotes. */
function quoted(value: string): string {
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

/** The server refuses what only a restart sets: that is told apart from the rest, which goes on. */
function settingStatements(group: ParameterGroup): string {
  return settingsOf(group)
    .map(([name, value]) => {
      const text = `CONVERT(FROM_BASE64('${Buffer.from(value).toString("base64")}') USING utf8mb4)`;
      return [
        `SET @value = ${text};`,
        `SET @statement = CONCAT('SET GLOBAL ${name} = ', IF(@value REGEXP '^-?[0-9]+$', @value, QUOTE(@value)));`,
        "PREPARE statement FROM @statement;",
        "EXECUTE statement;",
      ].join("\n");
    })
    .join("\n");
}

/** The user's own, and TLS as RDS has it for the version. Formulas speak of a machine that is not there. */
function settingsOf(group: ParameterGroup): readonly (readonly [name: string, value: string])[] {
  const users = Object.entries(group.values)
    .filter(([name, { value }]) => name !== "require_secure_transport" && !value.includes("{"))
    .map(([name, { value }]) => [name, value] as const);
  return [...users, ["require_secure_transport", forcesTls(group) ? "1" : "0"]];
}
