import type { ServerKind } from "../server-kind.ts";
import type { Instance } from "../state.ts";
import { paths, serverFiles, settingFiles } from "./configuration.ts";
import { nativePasswordHash } from "./verifier.ts";

/** `mysql:<major>` or `mariadb:<major>`, commanded from inside by `root`, who comes in nowhere else. */
export function mysqlServer(engine: "mysql" | "mariadb"): ServerKind {
  const prefix = engine.toUpperCase();
  // Through the socket there is no TLS to be had, nor a name to verify: from 11.4 on MariaDB's client would ask for both.
  const plain = engine === "mysql" ? "--ssl-mode=DISABLED" : "--skip-ssl";
  const client = (...args: readonly string[]) => [engine, "--no-defaults", plain, ...connection, ...args];
  return {
    dataFolder: "/var/lib/mysql",
    entrypoint: [paths.start],
    command: [engine === "mysql" ? "mysqld" : "mariadbd", `--defaults-extra-file=${paths.configuration}`],
    env: () => ({
      [`${prefix}_ALLOW_EMPTY_${engine === "mysql" ? "PASSWORD" : "ROOT_PASSWORD"}`]: "1",
      [`${prefix}_ROOT_HOST`]: "localhost",
    }),
    files: serverFiles,
    settings: ({ port }, group) => settingFiles(port, group),
    probe: () => client("--execute", versionOnceOpen),
    reload: () => client("--force", "--execute", `source ${paths.settings}`),
    verifier: async (password) => nativePasswordHash(password),
    setMaster: (instance, verifier) =>
      client("--init-command", masterVariables(instance, verifier), "--execute", `source ${paths.master}`),
  };
}

const connection = ["--user=root", "--protocol=socket", "--batch", "--skip-column-names"];

/** The server that the images run while they make the files takes no connections from the network. */
const versionOnceOpen = "SELECT VERSION() FROM (SELECT 1) AS once WHERE @@skip_networking = 0";

/** In base64, whose letters mean nothing to SQL. */
function masterVariables({ masterUsername, dbName = "" }: Instance, verifier: string): string {
  const variables = { master: masterUsername, verifier, first: dbName };
  const assignments = Object.entries(variables).map(([name, value]) => {
    const encoded = Buffer.from(value).toString("base64");
    return `@${name} = CONVERT(FROM_BASE64('${encoded}') USING utf8mb4)`;
  });
  return `SET ${assignments.join(", ")}`;
}
