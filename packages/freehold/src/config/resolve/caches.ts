import type { Cache } from "../../app/application.ts";
import { cacheNote, cacheSchema, cacheVersion, cacheVersions, valkeyFor } from "../cache.ts";
import type { Findings } from "../findings.ts";
import { placeAt } from "../yaml/tree.ts";
import type * as z from "../zod.ts";
import type { Draft } from "./draft.ts";
import { parseImage, versionOfTag } from "./image.ts";
import { imageOf, noteVolumes, readSettings, reasonOf, reportVersion } from "./managed.ts";

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
  const note = cacheNote(engine, version ?? "");
  if (note !== undefined) findings.note(draft.subject, note);
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
