import type { S3 } from "@aws-sdk/client-s3";
import type { EnvironmentOutputs } from "../../aws/outputs.ts";
import { UserError } from "../../errors.ts";
import { atMost } from "../at-most.ts";
import { siteFile } from "../build/site-files.ts";
import type { BuiltSite } from "../build/sites.ts";
import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import type { ReleasedSite } from "./record.ts";
import { keepAssets, recentFolders } from "./site-assets.ts";
import type { History } from "./store.ts";

export interface UploadRequest {
  readonly sites: readonly BuiltSite[];
  readonly outputs: EnvironmentOutputs;
  readonly parent?: string;
}

/**
 * Puts each site's files into its bucket under `releases/<digest>/`, once per digest; a marker written last says that all are
 * there. Nothing that is served changes: that is `switchSites`.
 */
export async function uploadSites(
  request: UploadRequest,
  ports: Ports,
  emit: Emit,
): Promise<Readonly<Record<string, ReleasedSite>>> {
  const uploaded: Record<string, ReleasedSite> = {};
  for (const site of request.sites) {
    const parent = request.parent === undefined ? {} : { parent: request.parent };
    uploaded[site.name] = await step(
      { id: `upload/${site.name}`, title: `Upload ${site.name}`, ...parent },
      ports,
      emit,
      async (report) => {
        const s3 = await ports.aws.s3();
        const bucket = siteOutputs(request.outputs, site.name).bucket;
        const released = { digest: site.digest, folder: `releases/${site.digest}` };
        if (await isUploaded(s3, bucket, site.digest)) {
          report.end({ outcome: "unchanged" });
          return released;
        }
        const count = await uploadFiles(s3, bucket, released.folder, site, ports);
        await s3.putObject({ Bucket: bucket, Key: marker(site.digest), Body: site.digest });
        report.end({ outcome: "done", detail: `${count} files` });
        return released;
      },
    );
  }
  return uploaded;
}

export interface SwitchRequest {
  readonly sites: Readonly<Record<string, ReleasedSite>>;
  readonly outputs: EnvironmentOutputs;
  /** Pages of its recent releases that are open keep their assets. */
  readonly history: History;
}

/** Points each site's key at the folder of this release: one write per site, and all of a site is served from it. */
export async function switchSites({ sites, outputs, history }: SwitchRequest, ports: Ports): Promise<void> {
  const KvsARN = outputs.key_value_store_arn;
  if (Object.keys(sites).length === 0 || KvsARN === null) return;
  const s3 = await ports.aws.s3();
  for (const [name, site] of Object.entries(sites)) {
    const { bucket } = siteOutputs(outputs, name);
    await keepAssets(s3, bucket, site, recentFolders(history, name, ports.clock.now()));
    // Edges learn of the write one after the other: a page of the new folder may meet one that still looks into the old.
    const before = history.live?.sites[name];
    if (before !== undefined) await keepAssets(s3, bucket, before, [site.folder]);
  }
  const store = await ports.aws.keyValueStore();
  const { ETag } = await store.describeKeyValueStore({ KvsARN });
  const Puts = Object.entries(sites).map(([name, site]) => ({
    Key: siteOutputs(outputs, name).key,
    Value: site.folder,
  }));
  await store.updateKeys({ KvsARN, IfMatch: ETag, Puts });
}

function siteOutputs(outputs: EnvironmentOutputs, name: string): EnvironmentOutputs["sites"][string] {
  const site = outputs.sites[name];
  if (site !== undefined) return site;
  throw new UserError({
    code: "not-provisioned",
    subject: name,
    message: `The environment has no bucket for the site ${name} yet.`,
    hint: "Run `freehold up`, which provisions it first.",
  });
}

/** Beside the served folders, so that no visitor sees it. */
function marker(digest: string): string {
  return `complete/${digest}`;
}

async function isUploaded(s3: S3, bucket: string, digest: string): Promise<boolean> {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: bucket, Prefix: marker(digest), MaxKeys: 1 });
  return Contents.length > 0;
}

async function uploadFiles(
  s3: S3,
  bucket: string,
  prefix: string,
  site: BuiltSite,
  ports: Ports,
): Promise<number> {
  const { folder, paths } = await ports.files.published(site.folder, site.within);
  await atMost(8, paths, async (path) => {
    const { contentType, cacheControl } = siteFile(path);
    await s3.putObject({
      Bucket: bucket,
      Key: `${prefix}/${path}`,
      Body: await ports.files.readPublished(folder, path),
      ContentType: contentType,
      CacheControl: cacheControl,
    });
  });
  return paths.length;
}
