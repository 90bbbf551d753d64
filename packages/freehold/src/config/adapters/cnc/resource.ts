import { part, placed } from "../document.ts";
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

const noSnapshot = "no snapshot is loaded; restore it into the database once it stands";

/** What may be written of any of them. */
const common: Rules<Target> = {
  name: naming(),
  use_existing: without("nothing that exists is adopted here; see `existing_resources` of an environment"),
};

const type = (value: string, message = "") =>
  turned<Target>((written, { at }) =>
    mapping(written, [...at, "type"], placed(value, written.entry.place), message),
  );

const database: Rules<Target> = {
  ...common,
  type: type("database"),
  engine: mapped(["engine"]),
  version: mapped(["version"]),
  adapter: without("`DATABASE_URL` has the engine's usual scheme; a variable of your own may have another"),
  use_db_proxy: mapped(["proxy"]),
  snapshot_file_path: without(noSnapshot),
  snapshot_type: without(noSnapshot),
};

const cache: Rules<Target> = {
  ...common,
  type: type("cache", "with TLS and a token, in `REDIS_URL`; for a client that can do neither, `tls: false`"),
  engine: mapped(["engine"]),
  version: mapped(["version"]),
};

const cors = "of the bucket";

const bucket: Rules<Target> = {
  ...common,
  type: type("bucket"),
  engine: noted("S3"),
  cors: mapped(["cors"], cors),
  custom_headers: without("no headers of your own are added"),
};

/** A queue keeps the order where nothing is said. */
const queue: Rules<Target> = {
  ...common,
  type: turned((written, { at }) => {
    const turned = mapping(written, [...at, "type"], placed("queue", written.entry.place));
    return { ...turned, parts: [...turned.parts, part([...at, "fifo"], placed(true, written.entry.place))] };
  }),
  engine: noted("SQS"),
  fifo: mapped(["fifo"]),
};

const capacity = "a table is paid for by the request";

const table: Rules<Target> = {
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

const filesystem: Rules<Target> = {
  ...common,
  type: type("volume"),
  engine: noted("EFS"),
  mountpoint: without("mount it in the services' `volumes`"),
};

/** By `type`. */
export const resourceRules: Readonly<Record<string, Rules<Target>>> = {
  database,
  cache,
  object_storage: bucket,
  message_queue: queue,
  dynamodb: table,
  filesystem,
};

/** Whether a type is that of something without a container on AWS. */
export function isResourceType(type: string | undefined): type is string {
  return type !== undefined && Object.hasOwn(resourceRules, type);
}
