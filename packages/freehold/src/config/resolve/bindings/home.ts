import type { Database, DatabaseEngine } from "../../../app/application.ts";

/** What a database's own container at home is told to make, if anything. */
export interface HomeDatabase {
  readonly role?: string;
  readonly database?: string;
  /** Roles whose passwords the file holds, or names the secret of; the application's own first. */
  readonly credentials: readonly Credential[];
  /** Secrets that hold the name of its role, or of its database. */
  readonly names: readonly { readonly secret: string; readonly attribute: "user" | "name" }[];
}

export type Credential = { readonly role: string } & (
  | { readonly password: string }
  /** Name of a secret of the file. */
  | { readonly secret: string }
);

type Variables = Readonly<Record<string, string | null | undefined>>;

/** Names of the container's secrets, by the path where it finds each. */
type SecretPaths = ReadonlyMap<string, string>;

/** The user that the images make where they are told none. */
const imagesOwn: Readonly<Record<DatabaseEngine, string>> = {
  postgres: "postgres",
  mysql: "root",
  mariadb: "root",
};

/** What a container is told by a variable: as it is written, or in the file of a secret. */
type Spoken = { readonly text: string } | { readonly secret: string };

/**
 * `POSTGRES_*`, `MYSQL_*` or `MARIADB_*` of the container at home: https://hub.docker.com/_/postgres, …/_/mysql, …/_/mariadb.
 * MariaDB's image reads both of the last, its own first; Bitnami's PostgreSQL has names of its own. With `_FILE` behind it
 * a variable names the file that holds the value.
 */
export function homeDatabase(
  engine: DatabaseEngine,
  variables: Variables,
  secrets: SecretPaths,
): HomeDatabase {
  const told = (...names: readonly string[]) =>
    names.map((name) => spoken(name, variables, secrets)).find((one) => one !== undefined);
  if (engine === "postgres") {
    const user = told("POSTGRES_USER", "POSTGRESQL_USERNAME");
    const password = told("POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD");
    const database = told("POSTGRES_DB", "POSTGRESQL_DATABASE") ?? user;
    return home(user, database, [[nameIn(user) ?? imagesOwn.postgres, password]]);
  }
  const own = (name: string) => told(...(engine === "mariadb" ? [`MARIADB_${name}`] : []), `MYSQL_${name}`);
  const user = own("USER");
  const role = nameIn(user);
  return home(user, own("DATABASE"), [
    ...(role === undefined ? [] : [[role, own("PASSWORD")] as const]),
    [imagesOwn[engine], own("ROOT_PASSWORD")],
  ]);
}

function spoken(name: string, variables: Variables, secrets: SecretPaths): Spoken | undefined {
  const text = variables[name] ?? undefined;
  if (text !== undefined) return { text };
  const secret = secrets.get(variables[`${name}_FILE`] ?? "");
  return secret === undefined ? undefined : { secret };
}

/** What a secret holds is not known here, so that the name on AWS is one of ours. */
function nameIn(told: Spoken | undefined): string | undefined {
  return told === undefined || "text" in told ? told?.text : "app";
}

function home(
  user: Spoken | undefined,
  database: Spoken | undefined,
  passwords: readonly (readonly [string, Spoken | undefined])[],
): HomeDatabase {
  const role = nameIn(user);
  const name = nameIn(database);
  return {
    ...(role === undefined ? {} : { role }),
    ...(name === undefined ? {} : { database: name }),
    credentials: passwords.flatMap(([owner, told]): readonly Credential[] => {
      if (told === undefined) return [];
      return ["text" in told ? { role: owner, password: told.text } : { role: owner, ...told }];
    }),
    names: [...secretNamed(user, "user"), ...secretNamed(database, "name")],
  };
}

function secretNamed(told: Spoken | undefined, attribute: "user" | "name"): HomeDatabase["names"] {
  return told !== undefined && "secret" in told ? [{ ...told, attribute }] : [];
}

/** What the container at home makes: the image's own user where it is told none. */
export function homeOf({ engine, home }: Pick<Database, "engine"> & { readonly home: HomeDatabase }): {
  readonly name: string;
  readonly role: string;
} {
  const role = home.role ?? imagesOwn[engine];
  return { name: home.database ?? (engine === "postgres" ? role : "app"), role };
}

/** How the address of such a database is written, for a hint. */
export function exampleUrl(engine: DatabaseEngine, host: string): string {
  const [scheme, port] = engine === "postgres" ? ["postgres", 5432] : ["mysql", 3306];
  return `${scheme}://user:password@${host}:${port}/name`;
}
