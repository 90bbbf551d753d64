import type { S3 } from "@aws-sdk/client-s3";
import { UserError } from "../../errors.ts";
import { atMost } from "../at-most.ts";
import { listKeys } from "../bucket-keys.ts";
import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";
import type { Target } from "../target.ts";
import type { Pointer, Release } from "./record.ts";

/** Where an environment's releases are written down. */
export interface ReleaseShelf {
  /** The collection's artifact bucket. */
  readonly bucket: string;
  readonly environment: string;
}

export function shelfOf(target: Target): ReleaseShelf {
  return { bucket: target.shared.artifact_bucket, environment: target.environment.name };
}

/** What the shelf holds. */
export interface History {
  /** Newest first. */
  readonly releases: readonly Release[];
  readonly live?: Release;
  /** ETag of the pointer, for the conditional write that moves it. */
  readonly etag?: string;
}

/** The number in `v12`; undefined for anything else. */
export function releaseNumber(id: string): number | undefined {
  const digits = /^v([1-9][0-9]*)$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The id after the newest there is. */
export function nextReleaseId(releases: readonly Release[]): string {
  const numbers = releases.map((release) => releaseNumber(release.id) ?? 0);
  return `v${Math.max(0, ...numbers) + 1}`;
}

/**
 * Reads every record and the pointer.
 *
 * @throws UserError `damaged-release` when the pointer names a release that has no record.
 */
export async function readHistory(shelf: ReleaseShelf, ports: Ports): Promise<History> {
  const s3 = await ports.aws.s3();
  const keys = (await listKeys(s3, shelf.bucket, prefix(shelf))).filter(
    (key) => idOf(shelf, key) !== undefined,
  );
  const found = await atMost(8, keys, (key) => readObject(s3, shelf.bucket, key));
  const releases = found
    .flatMap((one) => (one === undefined ? [] : [parseRelease(one.text)]))
    .sort((a, b) => (releaseNumber(b.id) ?? 0) - (releaseNumber(a.id) ?? 0));
  const pointer = await readObject(s3, shelf.bucket, pointerKey(shelf));
  if (pointer === undefined) return { releases };
  const { live } = parsePointer(pointer.text);
  const release = releases.find((one) => one.id === live);
  if (release === undefined) throw damaged(shelf, live);
  return { releases, live: release, etag: pointer.etag };
}

/** Whether anything was ever released: a pointer outlives all but a destroyed environment. */
export async function hasPointer(shelf: ReleaseShelf, ports: Ports): Promise<boolean> {
  return (await listKeys(await ports.aws.s3(), shelf.bucket, pointerKey(shelf))).length > 0;
}

/**
 * Writes a record that is never changed again.
 *
 * @throws UserError `release-exists` when another run has taken the id (S3 refuses by If-None-Match).
 */
export async function writeRelease(shelf: ReleaseShelf, release: Release, ports: Ports): Promise<void> {
  const s3 = await ports.aws.s3();
  await conditionally(release.id, () =>
    s3.putObject({
      Bucket: shelf.bucket,
      Key: recordKey(shelf, release.id),
      Body: JSON.stringify(release, null, 2),
      ContentType: "application/json",
      IfNoneMatch: "*",
    }),
  );
}

/**
 * Says which release is live, unless another run has said so since the history was read.
 *
 * @throws UserError `release-exists` in that case.
 */
export async function movePointer(
  shelf: ReleaseShelf,
  pointer: Pointer,
  etag: string | undefined,
  ports: Ports,
): Promise<void> {
  const s3 = await ports.aws.s3();
  await conditionally(pointer.live, () =>
    s3.putObject({
      Bucket: shelf.bucket,
      Key: pointerKey(shelf),
      Body: JSON.stringify(pointer, null, 2),
      ContentType: "application/json",
      ...(etag === undefined ? { IfNoneMatch: "*" } : { IfMatch: etag }),
    }),
  );
}

/** Removes an environment's whole history, when the environment itself is destroyed. */
export async function forgetReleases(shelf: ReleaseShelf, ports: Ports): Promise<void> {
  const s3 = await ports.aws.s3();
  for (const Key of await listKeys(s3, shelf.bucket, prefix(shelf)))
    await s3.deleteObject({ Bucket: shelf.bucket, Key });
}

/** Whether the environment was seeded before; a killed first release must not seed twice. */
export async function isSeeded(shelf: ReleaseShelf, service: string, ports: Ports): Promise<boolean> {
  const s3 = await ports.aws.s3();
  return (await readObject(s3, shelf.bucket, seedKey(shelf, service))) !== undefined;
}

export async function markSeeded(shelf: ReleaseShelf, service: string, ports: Ports): Promise<void> {
  const s3 = await ports.aws.s3();
  await s3.putObject({ Bucket: shelf.bucket, Key: seedKey(shelf, service), Body: service });
}

function prefix(shelf: ReleaseShelf): string {
  return `releases/${shelf.environment}/`;
}

function recordKey(shelf: ReleaseShelf, id: string): string {
  return `${prefix(shelf)}${id}.json`;
}

function pointerKey(shelf: ReleaseShelf): string {
  return `${prefix(shelf)}live.json`;
}

function seedKey(shelf: ReleaseShelf, service: string): string {
  return `${prefix(shelf)}seeded/${service}`;
}

function idOf(shelf: ReleaseShelf, key: string): string | undefined {
  const id = key.slice(prefix(shelf).length).replace(/\.json$/, "");
  return releaseNumber(id) === undefined ? undefined : id;
}

async function readObject(
  s3: S3,
  bucket: string,
  key: string,
): Promise<{ readonly text: string; readonly etag: string } | undefined> {
  try {
    const { Body, ETag = "" } = await s3.getObject({ Bucket: bucket, Key: key });
    return { text: (await Body?.transformToString()) ?? "", etag: ETag };
  } catch (error) {
    if (isErrorNamed(error, "NoSuchKey", "NotFound")) return undefined;
    throw error;
  }
}

/** Parse boundary: these objects are written by `writeRelease` and `movePointer` alone, and never changed. */
function parseRelease(text: string): Release {
  return JSON.parse(text) as Release;
}

function parsePointer(text: string): Pointer {
  return JSON.parse(text) as Pointer;
}

async function conditionally(id: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isErrorNamed(error, "PreconditionFailed", "ConditionalRequestConflict")) throw error;
    throw new UserError(
      {
        code: "release-exists",
        subject: id,
        message: `Another run released while this one was at work; ${id} was not written.`,
        hint: "Look at `freehold releases`, then run this again.",
      },
      { exitCode: 75, cause: error },
    );
  }
}

function damaged({ bucket, environment }: ReleaseShelf, id: string): UserError {
  return new UserError({
    code: "damaged-release",
    subject: id,
    message: `is said to be live in ${environment}, but its record is not in the bucket ${bucket}`,
    hint: "Bring the object back from its earlier version in S3.",
  });
}
