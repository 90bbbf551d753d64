import { objectOf } from "../marks/parsed-object.ts";
import type { Needs } from "../part.ts";

/** What an add-on of Heroku's is here. */
interface Addon {
  readonly needs?: Needs;
  /** Variable it gave its URL in, before `_URL`. */
  readonly variable?: string;
  /** What there is in its place, where nothing is proposed. */
  readonly told?: string;
}

const search = "OpenSearch: a service with its image and a volume, or a domain of Amazon's in its variables";
const rabbit =
  "RabbitMQ: a service with an image such as rabbitmq:4 and a volume, or Amazon MQ in its variables";
const mongo =
  "MongoDB: a service with an image such as mongo:8 and a volume, or Amazon DocumentDB in its variables";
const memcached =
  "a service with an image such as memcached:1.6, whose clients here need no name and password";
const logs = "CloudWatch has the logs: `freehold logs`";
const clock =
  "a service with `x-freehold: { schedule: … }` for each job, which Heroku keeps outside the repository";

/** By the slug before the plan (https://elements.heroku.com/addons). */
const addons: Readonly<Record<string, Addon>> = {
  "heroku-postgresql": { needs: { database: "postgres" }, variable: "DATABASE" },
  jawsdb: { needs: { database: "mysql" }, variable: "JAWSDB" },
  "jawsdb-maria": { needs: { database: "mysql" }, variable: "JAWSDB_MARIA" },
  cleardb: { needs: { database: "mysql" }, variable: "CLEARDB_DATABASE" },
  "heroku-redis": { needs: { cache: true }, variable: "REDIS" },
  rediscloud: { needs: { cache: true }, variable: "REDISCLOUD" },
  redistogo: { needs: { cache: true }, variable: "REDISTOGO" },
  openredis: { needs: { cache: true }, variable: "OPENREDIS" },
  memcachier: { told: memcached },
  memcachedcloud: { told: memcached },
  cloudamqp: { told: rabbit },
  mongolab: { told: mongo },
  ormongo: { told: mongo },
  bonsai: { told: search },
  searchbox: { told: search },
  foundelasticsearch: { told: search },
  bucketeer: { told: "a bucket: `x-freehold.resources: { uploads: { type: bucket } }`, named under `uses`" },
  scheduler: { told: clock },
  "cron-to-go": { told: clock },
  papertrail: { told: logs },
  logentries: { told: logs },
  logdna: { told: logs },
  "heroku-connect": { told: "nothing like it: it stays with Heroku" },
};

/** An add-on as `app.json` and `heroku.yml` ask for it: `heroku-postgresql:essential-0`. */
export interface AskedAddon {
  readonly plan: string;
  /** What it calls its variables, in place of its own name. */
  readonly as?: string;
  /** Of the database, where it is written. */
  readonly version?: string;
}

/** A plan, or a section with one. */
export function askedAddons(written: readonly unknown[]): readonly AskedAddon[] {
  return written.flatMap((one): readonly AskedAddon[] => {
    if (typeof one === "string") return [{ plan: one }];
    const addon = objectOf(one);
    const [plan, as] = [addon.text("plan"), addon.text("as")];
    const version = addon.section("options").text("version");
    return plan === undefined
      ? []
      : [{ plan, ...(as === undefined ? {} : { as }), ...(version === undefined ? {} : { version }) }];
  });
}

export interface AddonFacts {
  readonly needs: Needs;
  /** What the program calls the URL of its database, and of its cache. */
  readonly names: { readonly database?: string; readonly cache?: string };
  readonly told: readonly string[];
}

/** What the add-ons say a program stands on; the first of each kind counts. */
export function addonFacts(asked: readonly AskedAddon[]): AddonFacts {
  const known = asked
    .map((one) => ({ ...one, slug: slugOf(one) }))
    .map((one) => ({ ...one, ...addons[one.slug] }));
  const database = known.find(({ needs }) => needs?.database !== undefined);
  const cache = known.find(({ needs }) => needs?.cache !== undefined);
  return {
    needs: {
      ...database?.needs,
      ...(database?.version === undefined ? {} : { databaseVersion: database.version }),
      ...cache?.needs,
    },
    names: {
      ...(database === undefined ? {} : { database: variableOf(database) }),
      ...(cache === undefined ? {} : { cache: variableOf(cache) }),
    },
    told: known.flatMap(({ slug, needs, told }) =>
      needs === undefined ? [`in place of Heroku's ${slug}: ${told ?? outside}`] : [],
    ),
  };
}

const outside = "its maker has it without Heroku as well; what it gave is set with `freehold secrets set`";

function slugOf({ plan }: AskedAddon): string {
  return plan.split(":")[0] ?? plan;
}

function variableOf({ as, variable }: AskedAddon & Addon): string {
  return `${as ?? variable ?? "DATABASE"}_URL`;
}
