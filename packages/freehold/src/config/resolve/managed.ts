import type { Bucket, Queue } from "../../app/application.ts";
import { bucketSchema } from "../bucket.ts";
import { text } from "../fields.ts";
import type { Findings } from "../findings.ts";
import { readNoting } from "../later.ts";
import { queueFrom, queueSchema } from "../queue.ts";
import { partAt, placeAt, toValue } from "../yaml/tree.ts";
import type * as z from "../zod.ts";
import type { Draft } from "./draft.ts";

/** What is wrong with a version is wrong where the version is written. */
export function reportVersion(
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

export function imageOf(draft: Draft): string | undefined {
  if (draft.service?.entries.has("build")) return undefined;
  const parsed = text.safeParse(
    toValue(partAt(draft.service, ["image"]) ?? { kind: "scalar", value: null, place: draft.place }),
  );
  return parsed.success ? parsed.data : undefined;
}

export function noteVolumes(draft: Draft, why: string, findings: Findings): void {
  if (draft.service?.entries.has("volumes"))
    findings.note(`${draft.subject}.volumes`, `not needed on AWS: ${why}`);
}
