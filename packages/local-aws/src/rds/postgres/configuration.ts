import type { TarFile } from "../../docker/tar.ts";
import { forcesTls } from "../parameters.ts";
import type { ParameterGroup } from "../state.ts";

const folder = "/local-aws";

export const paths = {
  start: `${folder}/start`,
  configuration: `${folder}/postgresql.conf`,
  access: `${folder}/pg_hba.conf`,
  certificate: `${folder}/server.pem`,
  key: `${folder}/server.key`,
  master: `${folder}/master.sql`,
} as const;

/** PostgreSQL refuses a key that others can read, and images differ in the number of its user. */
const start = `#!/bin/sh
set -e
chown postgres ${paths.key}
exec docker-entrypoint.sh "$@"
`;

/**
 * Makes the master user and the first database as RDS does, or sets the user's password; can be run again. The master
 * is no superuser: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html
 */
const master = String.raw`
SELECT 'CREATE ROLE rds_superuser' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_superuser') \gexec
GRANT pg_monitor, pg_signal_backend, pg_read_all_stats TO rds_superuser WITH ADMIN OPTION;
SELECT format('CREATE ROLE %I', :'master') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'master') \gexec
ALTER ROLE :"master" LOGIN CREATEDB CREATEROLE PASSWORD :'verifier' VALID UNTIL 'infinity';
GRANT rds_superuser TO :"master";
ALTER DATABASE postgres OWNER TO :"master";
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'master')
  WHERE :'database' <> '' AND NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
`;

/** What changes with the parameter group; a reload of the server takes it up. */
export function settingFiles(port: number, group: ParameterGroup): readonly TarFile[] {
  return [
    { path: paths.configuration, mode: 0o644, content: postgresqlConf(port, group) },
    { path: paths.access, mode: 0o644, content: accessRules(group) },
  ];
}

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

function postgresqlConf(port: number, group: ParameterGroup): string {
  const own = {
    listen_addresses: "*",
    port: String(port),
    ssl: "on",
    ssl_cert_file: paths.certificate,
    ssl_key_file: paths.key,
    hba_file: paths.access,
  };
  const users = Object.entries(group.values)
    // RDS's own parameters are no PostgreSQL settings, and formulas speak of a machine that is not there.
    .filter(([name, { value }]) => !name.startsWith("rds.") && !value.includes("{"))
    .map(([name, { value }]) => [name, value] as const);
  return [...users, ...Object.entries(own)]
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join("");
}

/** The master user comes over the network, RDS's own (`rdsadmin`) only from inside. */
function accessRules(group: ParameterGroup): string {
  const connection = forcesTls(group) ? "hostssl" : "host";
  const rules = [
    ["local", "all", "all", "trust"],
    ["host", "all", "rdsadmin", "all", "reject"],
    [connection, "all", "all", "all", "scram-sha-256"],
  ];
  return rules.map((rule) => `${rule.join(" ")}\n`).join("");
}
