import { partAt, type Tree } from "../../yaml/tree.ts";
import { part, placed } from "../document.ts";
import { lostCacheVersion, lostDatabaseVersion } from "../offered.ts";
import {
  mapped,
  mapping,
  naming,
  noted,
  noting,
  type Rules,
  type Target,
  textOf,
  turned,
  without,
} from "../rules.ts";

/** What the rules of a resource need to know beside where its parts go. */
export interface ResourceContext extends Target {
  /** As it is written beside the version. */
  readonly engine: string | undefined;
}

/** One that AWS does not offer any more is lost, for what was made elsewhere cannot be made here. */
function offered(lost: (engine: string | undefined, version: string) => string | undefined) {
  return turned<ResourceContext>((written, { at, engine }) => {
    const problem = lost(engine, textOf(written.entry.value) ?? "");
    return problem === undefined
      ? mapping(written, [...at, "version"])
      : noting(written, "without counterpart", problem);
  });
}

const noSnapshot = "no snapshot is loaded; restore it into the database once it stands";

/** What may be written of any of them. */
const common: Rules<ResourceContext> = {
  name: naming(),
  use_existing: without("nothing that exists is adopted here; see `existing_resources` of an environment"),
};

const type = (value: string, message = "") =>
  turned<ResourceContext>((written, { at }) =>
    mapping(written, [...at, "type"], placed(value, written.entry.place), message),
  );

const database: Rules<ResourceContext> = {
  ...common,
  type: type("database"),
  engine: mapped(["engine"]),
  version: offered((engine, version) =>
    lostDatabaseVersion(engine === "mysql" ? "mysql" : "postgres", version),
  ),
  adapter: without("`DATABASE_URL` has the engine's usual scheme; a variable of your own may have another"),
  use_db_proxy: mapped(["proxy"]),
  snapshot_file_path: without(noSnapshot),
  snapshot_type: without(noSnapshot),
};

const cache: Rules<ResourceContext> = {
  ...common,
  type: type("cache", "with TLS and a token, in `REDIS_URL`; for a client that can do neither, `tls: false`"),
  engine: mapped(["engine"]),
  version: offered((engine, version) => lostCacheVersion(engine === "redis" ? "redis" : "valkey", version)),
};

const cors = "of the bucket";

const bucket: Rules<ResourceContext> = {
  ...common,
  type: type("bucket"),
  engine: noted("S3"),
  cors: mapped(["cors"], cors),
  custom_headers: without("no headers of your own are added"),
};

/** A queue keeps the order where nothing is said. */
const queue: Rules<ResourceContext> = {
  ...common,
  type: turned((written, { at }) => {
    const turned = mapping(written, [...at, "type"], placed("queue", written.entry.place));
    return { ...turned, parts: [...turned.parts, part([...at, "fifo"], placed(true, written.entry.place))] };
  }),
  engine: noted("SQS"),
  fifo: mapped(["fifo"]),
};

const capacity = "a table is paid for by the request";

const table: Rules<ResourceContext> = {
  ...common,
  type: type("table"),
  engine: noted("DynamoDB"),
  hash_key: mapped(["key"]),
  billing_mode: turned((written) =>
    noting(
      written,
      textOf(written.entry.value) === "PROVISIONED" ? "without counterpart" : "noted",
      capacity,
    ),
  ),
  read_capacity: without(capacity),
  write_capacity: without(capacity),
  table_class: without("tables are of the standard class"),
  deletion_protection_enabled: noted("the kind of the environment decides"),
};

const filesystem: Rules<ResourceContext> = {
  ...common,
  type: type("volume"),
  engine: noted("EFS"),
  mountpoint: without("mount it in the services' `volumes`"),
};

/** By `type`. */
export const resourceRules: Readonly<Record<string, Rules<ResourceContext>>> = {
  database,
  cache,
  object_storage: bucket,
  message_queue: queue,
  dynamodb: table,
  filesystem,
};

/** What the rules of a resource know of it. */
export function resourceContext(at: readonly string[], tree: Tree): ResourceContext {
  return { at, engine: textOf(partAt(tree, ["engine"])) };
}

/** Whether a type is that of something without a container on AWS. */
export function isResourceType(type: string | undefined): type is string {
  return type !== undefined && Object.hasOwn(resourceRules, type);
}
