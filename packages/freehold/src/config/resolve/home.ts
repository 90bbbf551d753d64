import type { Database, DatabaseEngine } from "../../app/application.ts";

/** What a database's own container at home is told to make, if anything. */
export interface HomeDatabase {
  readonly role?: string;
  readonly database?: string;
  /** Roles whose passwords the file holds; the application's own first. */
  readonly credentials: readonly Credential[];
}

interface Credential {
  readonly role: string;
  readonly password: string;
}

type Variables = Readonly<Record<string, string | null | undefined>>;

/** The user that the images make where they are told none. */
const imagesOwn: Readonly<Record<DatabaseEngine, string>> = {
  postgres: "postgres",
  mysql: "root",
  mariadb: "root",
};

/**
 * `POSTGRES_*`, `MYSQL_*` or `MARIADB_*` of the container at home: https://hub.docker.com/_/postgres, …/_/mysql, …/_/mariadb.
 * MariaDB's image reads both of the last, its own first; Bitnami's PostgreSQL has names of its own.
 */
export function homeDatabase(engine: DatabaseEngine, variables: Variables): HomeDatabase {
  const told = (name: string) => variables[name] ?? undefined;
  if (engine === "postgres") {
    const role = told("POSTGRES_USER") ?? told("POSTGRESQL_USERNAME");
    const password = told("POSTGRES_PASSWORD") ?? told("POSTGRESQL_PASSWORD");
    const name = told("POSTGRES_DB") ?? told("POSTGRESQL_DATABASE") ?? role;
    return home(role, name, [[role ?? imagesOwn.postgres, password]]);
  }
  const own = (name: string) =>
    (engine === "mariadb" ? told(`MARIADB_${name}`) : undefined) ?? told(`MYSQL_${name}`);
  const role = own("USER");
  return home(role, own("DATABASE"), [
    ...(role === undefined ? [] : [[role, own("PASSWORD")] as const]),
    [imagesOwn[engine], own("ROOT_PASSWORD")],
  ]);
}

function home(
  role: string | undefined,
  database: string | undefined,
  passwords: readonly (readonly [string, string | undefined])[],
): HomeDatabase {
  return {
    ...(role === undefined ? {} : { role }),
    ...(database === undefined ? {} : { database }),
    credentials: passwords.flatMap(([name, password]) =>
      password === undefined ? [] : [{ role: name, password }],
    ),
  };
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
