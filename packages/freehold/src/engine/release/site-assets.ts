import type { S3 } from "@aws-sdk/client-s3";
import { atMost } from "../at-most.ts";
import { listKeys } from "../bucket-keys.ts";
import { isHashedAsset } from "../build/site-files.ts";
import type { Release, ReleasedSite } from "./record.ts";
import type { History } from "./store.ts";

/** Milliseconds for which a page that is open may still ask for its assets. */
const recentTime = 7 * 24 * 3_600_000;

/** Folders of a site in the releases of the last seven days, and in the one that is live. */
export function recentFolders({ releases, live }: History, site: string, now: Date): readonly string[] {
  const since = now.getTime() - recentTime;
  const isRecent = (one: Release) => one.id === live?.id || Date.parse(one.createdAt) >= since;
  return [...new Set(releases.filter(isRecent).flatMap((release) => release.sites[site]?.folder ?? []))];
}

/**
 * Lays the hashed assets of other folders into a site's, so that a page opened before the switch finds its own after it,
 * whether the switch leads to a newer release or back to an older one. What is there stays: equal names are equal files.
 */
export async function keepAssets(
  s3: S3,
  bucket: string,
  { folder }: ReleasedSite,
  folders: readonly string[],
): Promise<void> {
  const present = new Set(await listKeys(s3, bucket, `${folder}/`));
  for (const other of folders.filter((one) => one !== folder)) {
    const assets = (await listKeys(s3, bucket, `${other}/`)).filter(isHashedAsset);
    const missing = assets
      .map((from) => ({ from, to: `${folder}/${from.slice(other.length + 1)}` }))
      .filter(({ to }) => !present.has(to));
    await atMost(8, missing, async ({ from, to }) => {
      await s3.copyObject({ Bucket: bucket, Key: to, CopySource: encodeURI(`${bucket}/${from}`) });
      present.add(to);
    });
  }
}
