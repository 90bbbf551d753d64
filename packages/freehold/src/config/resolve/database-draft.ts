import type { DatabaseEngine, EnvironmentKind } from "../../app/application.ts";
import { secretsFolder } from "../../app/secret-file.ts";
import { givenFilesSchema, pathOf } from "../compose/given-files.ts";
import { type DatabaseSettings, databaseFrom, databaseSchema } from "../database.ts";
import { defaultVersion, majorVersion, versionNote, versionProblem } from "../database-versions.ts";
import type { Findings } from "../findings.ts";
import { partAt, toValue } from "../yaml/tree.ts";
import { type HomeDatabase, homeDatabase } from "./bindings/home.ts";
import { type EnvironmentFiles, toldAtHome } from "./calls/told-at-home.ts";
import type { Draft } from "./draft.ts";
import { knownImage, parseImage, versionOfTag } from "./image.ts";
import { imageOf, noteVolumes, readSettings, reasonOf, reportVersion } from "./managed.ts";

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

/** What is wrong with them is told where the service is read. */
function secretPathsOf({ service }: Draft): ReadonlyMap<string, string> {
  const part = partAt(service, ["secrets"]);
  const given = part === undefined ? undefined : givenFilesSchema.safeParse(toValue(part)).data;
  return new Map((given ?? []).map((one) => [pathOf(one, secretsFolder), one.source]));
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
