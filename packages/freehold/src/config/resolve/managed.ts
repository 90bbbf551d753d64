import type { z } from "zod";
import type { Bucket, Cache, DatabaseEngine, EnvironmentKind, Queue } from "../../app/application.ts";
import { secretsFolder } from "../../app/secret-file.ts";
import { bucketSchema } from "../bucket.ts";
import { cacheSchema, cacheVersion, cacheVersions, valkeyFor } from "../cache.ts";
import { givenFilesSchema, pathOf } from "../compose/given-files.ts";
import { type DatabaseSettings, databaseFrom, databaseSchema } from "../database.ts";
import { defaultVersion, majorVersion, versionNote, versionProblem } from "../database-versions.ts";
import { text } from "../fields.ts";
import type { Findings } from "../findings.ts";
import { readNoting } from "../later.ts";
import { queueFrom, queueSchema } from "../queue.ts";
import { partAt, placeAt, toValue } from "../yaml/tree.ts";
import { type HomeDatabase, homeDatabase } from "./bindings/home.ts";
import { type EnvironmentFiles, toldAtHome } from "./calls/told-at-home.ts";
import type { Draft } from "./draft.ts";
import { knownImage, parseImage, versionOfTag } from "./image.ts";

/** A database before it is known which roles its users need. */
export interface DatabaseDraft extends ReturnType<typeof databaseFrom> {
  readonly name: string;
  readonly version: string;
  readonly image: string;
  readonly home: HomeDatabase;
  /** Whether TLS is forced, where the file says so. */
  readonly tls: DatabaseSettings["tls"];
  readonly reason: string;
}

interface DatabaseSurroundings {
  readonly kind: EnvironmentKind;
  /** Parsed env files by path: one file often tells the database and its users alike. */
  readonly environmentFiles: EnvironmentFiles;
}

export function databaseDraft(
  draft: Draft,
  { kind, environmentFiles }: DatabaseSurroundings,
  findings: Findings,
): DatabaseDraft | undefined {
  const settings = readSettings(databaseSchema, draft, findings);
  if (settings === undefined) return undefined;
  const image = imageOf(draft);
  noteDatabaseContainer(draft, findings);
  const engine = settings.engine ?? engineOf(image);
  const version = databaseVersion(engine, settings, image, draft, findings);
  return {
    ...databaseFrom(engine, settings, kind),
    name: draft.name,
    version,
    image: image ?? `${engine}:${version}`,
    home: homeDatabase(engine, toldAtHome(draft.service, environmentFiles), secretPathsOf(draft)),
    tls: settings.tls,
    reason: reasonOf(draft),
  };
}

function engineOf(image: string | undefined): DatabaseEngine {
  const known = image === undefined ? undefined : knownImage(image);
  return known?.kind === "managed" && known.type === "database" ? known.engine : "postgres";
}

function databaseVersion(
  engine: DatabaseEngine,
  settings: DatabaseSettings,
  image: string | undefined,
  draft: Draft,
  findings: Findings,
): string {
  const written = settings.version ?? (image === undefined ? undefined : versionOfTag(parseImage(image).tag));
  const version = written === undefined ? defaultVersion(engine) : majorVersion(engine, written);
  const problem = versionProblem(engine, version);
  if (problem === undefined) {
    if (written === undefined && image !== undefined)
      findings.note(draft.subject, `${image} names no version; ${version} is used`);
    const note = versionNote(engine, version);
    if (note !== undefined) findings.note(draft.subject, note);
    return version;
  }
  reportVersion(draft, settings.version, image, `${settings.version ?? image} ${problem}`, findings);
  return version;
}

/** What is wrong with a version is wrong where the version is written. */
function reportVersion(
  draft: Draft,
  version: string | undefined,
  image: string | undefined,
  message: string,
  findings: Findings,
): void {
  const isImage = version === undefined && image !== undefined && draft.service !== undefined;
  const place =
    isImage && draft.service !== undefined
      ? placeAt(draft.service, ["image"])
      : placeAt(draft.settings, ["version"]);
  const subject = isImage ? `${draft.subject}.image` : `${draft.settingsSubject}.version`;
  findings.problem({ code: "version", subject, message, place });
}

/** What is wrong with them is told where the service is read. */
function secretPathsOf({ service }: Draft): ReadonlyMap<string, string> {
  const part = partAt(service, ["secrets"]);
  const given = part === undefined ? undefined : givenFilesSchema.safeParse(toValue(part)).data;
  return new Map((given ?? []).map((one) => [pathOf(one, secretsFolder), one.source]));
}

export function cacheResource(draft: Draft, findings: Findings): Cache | undefined {
  const settings = readSettings(cacheSchema, draft, findings);
  if (settings === undefined) return undefined;
  const image = imageOf(draft);
  const { engine, written } = askedCache(settings, image, draft, findings);
  const version = cacheVersion(engine, written);
  noteVolumes(draft, "a cache on AWS keeps nothing on disk", findings);
  if (version === undefined && !findings.tells(`${draft.settingsSubject}.engine`)) {
    const message = `ElastiCache has no ${engine} ${written}; use one of ${cacheVersions(engine)}`;
    reportVersion(draft, settings.version, image, message, findings);
  }
  const { size, replicas, tls = engine !== "memcached" } = settings;
  if (engine === "memcached") checkMemcached({ version, replicas, tls }, draft, findings);
  return {
    type: "cache",
    name: draft.name,
    engine,
    version: version ?? "",
    size,
    replicas,
    tls,
    reason: reasonOf(draft),
  };
}

interface AskedCache {
  readonly engine: Cache["engine"];
  readonly written: string | undefined;
}

/** What the settings say, else the image; one of a Redis newer than any of ElastiCache's asks for Valkey. */
function askedCache(
  { engine, version }: z.output<typeof cacheSchema>,
  image: string | undefined,
  draft: Draft,
  findings: Findings,
): AskedCache {
  const parsed = image === undefined ? undefined : parseImage(image);
  const own = engineNamed(parsed?.name);
  // The tag of another engine's image says nothing of this one.
  const tag = engine === undefined || engine === own ? parsed?.tag : undefined;
  const written = version ?? versionOfTag(tag);
  if (engine !== undefined || own !== "redis") return { engine: engine ?? own, written };
  const valkey = version === undefined && written !== undefined ? valkeyFor(written) : undefined;
  if (valkey === undefined) return { engine: "redis", written };
  const message = `ElastiCache has no Redis ${written}; Valkey ${valkey}, which goes on from it in the open, stands in its place`;
  findings.note(draft.subject, message);
  return { engine: "valkey", written: valkey };
}

/** TLS came with 1.6.12 (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-mc.html). */
function checkMemcached(
  { version = "", replicas, tls }: { readonly version: string | undefined } & Pick<Cache, "replicas" | "tls">,
  draft: Draft,
  findings: Findings,
): void {
  const report = (key: string, message: string, hint: string) => {
    const subject = `${draft.settingsSubject}.${key}`;
    findings.problem({ code: "value", subject, message, hint, place: placeAt(draft.settings, [key]) });
  };
  if (replicas > 0) report("replicas", "must be 0: memcached copies nothing", "leave it out");
  if (tls && ["1.6.6", "1.5.16"].includes(version))
    report("tls", `needs memcached 1.6.12 or newer; this is ${version}`, "write `version: 1.6.22`");
}

function engineNamed(image: string | undefined): Cache["engine"] {
  return image === "redis" || image === "memcached" ? image : "valkey";
}

export function bucketResource(draft: Draft, findings: Findings): Bucket | undefined {
  const settings = readSettings(bucketSchema, draft, findings);
  noteVolumes(draft, "S3 keeps the data", findings);
  return settings && { type: "bucket", name: draft.name, reason: reasonOf(draft) };
}

export function queueResource(draft: Draft, findings: Findings): Queue | undefined {
  const settings = readSettings(queueSchema, draft, findings);
  return settings && { ...queueFrom(settings), name: draft.name, reason: reasonOf(draft) };
}

/** The `x-freehold` settings of one thing, checked; what is accepted but not built is noted. */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  draft: Draft,
  findings: Findings,
): z.output<Schema> | undefined {
  return readNoting(schema, draft.settings, draft.settingsSubject, findings);
}

export function reasonOf({ inferred }: Draft): string {
  return "reason" in inferred ? inferred.reason : "";
}

function imageOf(draft: Draft): string | undefined {
  if (draft.service?.entries.has("build")) return undefined;
  const parsed = text.safeParse(
    toValue(partAt(draft.service, ["image"]) ?? { kind: "scalar", value: null, place: draft.place }),
  );
  return parsed.success ? parsed.data : undefined;
}

/** What its container at home is given besides variables has no meaning on RDS. */
function noteDatabaseContainer(draft: Draft, findings: Findings): void {
  const { service, subject } = draft;
  if (service?.entries.has("command"))
    findings.note(`${subject}.command`, "is for the container at home: RDS keeps settings of its own");
  const volumes = partAt(service, ["volumes"]);
  if (volumes !== undefined && JSON.stringify(toValue(volumes)).includes("/docker-entrypoint-initdb.d"))
    findings.note(
      `${subject}.volumes`,
      "its first scripts do not run on AWS: make tables in a `release` command, rows in a `seed`",
    );
  else noteVolumes(draft, "RDS keeps the data", findings);
}

export function noteVolumes(draft: Draft, why: string, findings: Findings): void {
  if (draft.service?.entries.has("volumes"))
    findings.note(`${draft.subject}.volumes`, `not needed on AWS: ${why}`);
}
