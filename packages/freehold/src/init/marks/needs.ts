import type { Needs } from "../part.ts";

/** Libraries by what they talk to; each list holds the packages of all languages. */
const libraries: {
  readonly [Need in "postgres" | "mysql" | "cache" | "mongodb" | "sqlite"]: ReadonlySet<string>;
} = {
  postgres: new Set([
    ...["psycopg", "psycopg2", "psycopg2-binary", "psycopg-binary", "asyncpg", "pg8000", "django-pgtrigger"],
    ...["pg", "postgres", "pg-promise", "@neondatabase/serverless", "slonik", "@vercel/postgres"],
    ...[
      "github.com/lib/pq",
      "github.com/jackc/pgx",
      "gorm.io/driver/postgres",
      "github.com/uptrace/bun/driver/pgdriver",
    ],
    ...["ext-pdo_pgsql", "ext-pgsql", "postgrex"],
    ...[
      "org.postgresql",
      "postgresql",
      "tokio-postgres",
      "sqlx+postgres",
      "diesel+postgres",
      "sea-orm+postgres",
    ],
  ]),
  mysql: new Set([
    ...["mysqlclient", "pymysql", "aiomysql", "mysql-connector-python"],
    ...["mysql", "mysql2", "mariadb", "trilogy"],
    ...["github.com/go-sql-driver/mysql", "gorm.io/driver/mysql", "ext-pdo_mysql", "ext-mysqli"],
    ...["mysql-connector-j", "mysql-connector-java", "mariadb-java-client", "myxql"],
    ...["sqlx+mysql", "diesel+mysql", "sea-orm+mysql"],
  ]),
  cache: new Set([
    ...["redis", "django-redis", "channels-redis", "rq", "django-rq", "arq", "aioredis", "celery[redis]"],
    ...["ioredis", "bull", "bullmq", "connect-redis", "valkey", "iovalkey", "@redis/client"],
    ...["sidekiq", "resque", "hiredis", "redis-client", "redis-rails"],
    ...[
      "github.com/redis/go-redis",
      "github.com/go-redis/redis",
      "github.com/gomodule/redigo",
      "github.com/hibiken/asynq",
    ],
    ...["predis/predis", "ext-redis", "laravel/horizon", "redix", "deadpool-redis"],
    ...["spring-boot-starter-data-redis", "jedis", "lettuce-core"],
  ]),
  mongodb: new Set([
    ...["mongoose", "mongodb", "pymongo", "motor", "mongoengine", "beanie", "mongoid", "ext-mongodb"],
    "go.mongodb.org/mongo-driver",
  ]),
  sqlite: new Set([
    "sqlite3",
    "better-sqlite3",
    "aiosqlite",
    "github.com/mattn/go-sqlite3",
    "modernc.org/sqlite",
    "sqlite-jdbc",
    "rusqlite",
    "sqlx+sqlite",
    "diesel+sqlite",
    "ecto_sqlite3",
  ]),
};

/** What a program talks to, told by its dependencies; PostgreSQL where it knows both databases. */
export function needsOf(dependencies: ReadonlySet<string>): Needs {
  const has = (need: keyof typeof libraries) => [...libraries[need]].some((name) => dependencies.has(name));
  const database = has("postgres") ? "postgres" : has("mysql") ? "mysql" : undefined;
  const store = has("mongodb") ? "mongodb" : database === undefined && has("sqlite") ? "sqlite" : undefined;
  return {
    ...(database === undefined ? {} : { database }),
    ...(has("cache") ? { cache: true } : {}),
    ...(store === undefined ? {} : { store }),
  };
}

/** The first of them that is there: what a finding names. */
export function firstOf(dependencies: ReadonlySet<string>, names: readonly string[]): string | undefined {
  return names.find((name) => dependencies.has(name));
}
