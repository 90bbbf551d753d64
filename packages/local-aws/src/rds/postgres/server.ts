import { randomBytes } from "node:crypto";
import type { ServerKind } from "../server-kind.ts";
import type { Instance } from "../state.ts";
import { paths, serverFiles, settingFiles } from "./configuration.ts";
import { scramVerifier } from "./scram.ts";

/** `postgres:<major>`, commanded from inside by `rdsadmin`. */
export const postgresServer: ServerKind = {
  dataFolder: "/var/lib/postgresql/data",
  entrypoint: [paths.start],
  command: ["postgres", "-c", `config_file=${paths.configuration}`],
  env: ({ port }) => ({
    PGDATA: "/var/lib/postgresql/data",
    PGPORT: String(port),
    POSTGRES_USER: "rdsadmin",
    // Asked for by the image and used by nobody: rdsadmin is refused over the network.
    POSTGRES_PASSWORD: randomBytes(24).toString("hex"),
  }),
  files: serverFiles,
  settings: ({ port }, group) => settingFiles(port, group),
  probe: (instance) => psql(instance, "--command", versionOnceOpen),
  reload: (instance) => psql(instance, "--command", "SELECT pg_reload_conf()"),
  verifier: (password) => scramVerifier(password),
  setMaster: (instance, verifier) => {
    const variables = { master: instance.masterUsername, verifier, database: instance.dbName ?? "" };
    const settings = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
    return psql(instance, ...settings, "--file", paths.master);
  },
};

/** The server that the image runs while it makes the files listens on its socket alone. */
const versionOnceOpen =
  "SELECT current_setting('server_version') WHERE current_setting('listen_addresses') <> ''";

function psql({ port }: Instance, ...args: readonly string[]): readonly string[] {
  const connection = ["--username", "rdsadmin", "--dbname", "postgres", "--port", String(port)];
  return ["psql", "--no-psqlrc", "-AtX", "--variable", "ON_ERROR_STOP=1", ...connection, ...args];
}
