import { applicationSchema } from "../application.ts";
import { bucketSchema } from "../bucket.ts";
import { cacheSchema } from "../cache.ts";
import { collectionSchema } from "../collection.ts";
import { containerSettings } from "../container.ts";
import { cronSchema } from "../cron.ts";
import { databaseSchema } from "../database.ts";
import { environmentSchema } from "../environment.ts";
import { jobSchema } from "../job.ts";
import { privateSchema } from "../private.ts";
import { queueSchema } from "../queue.ts";
import { siteSchema } from "../site.ts";
import { tableSchema } from "../table.ts";
import { topicSchema } from "../topic.ts";
import { volumeSchema } from "../volume.ts";
import { webSchema } from "../web.ts";
import { workerSchema } from "../worker.ts";
import * as z from "../zod.ts";

export interface Section {
  /** The value of `type`. */
  readonly name: string;
  readonly schema: z.ZodType;
}

/** What `x-freehold` of a service may be, one per type. */
export const serviceSections: readonly Section[] = [
  { name: "site", schema: siteSchema },
  { name: "web", schema: webSchema },
  { name: "private", schema: privateSchema },
  { name: "worker", schema: workerSchema },
  { name: "cron", schema: cronSchema },
  { name: "job", schema: jobSchema },
  { name: "database", schema: databaseSchema },
  { name: "cache", schema: cacheSchema },
  { name: "bucket", schema: bucketSchema },
  { name: "queue", schema: queueSchema },
  { name: "table", schema: tableSchema },
  { name: "topic", schema: topicSchema },
  { name: "volume", schema: volumeSchema },
];

/** Types that need no container at home: `x-freehold.resources` takes these. */
export const resourceNames: readonly string[] = [
  "database",
  "cache",
  "bucket",
  "queue",
  "table",
  "topic",
  "volume",
];

/** What `x-freehold` of the whole file holds. */
export const fileSections = {
  application: applicationSchema,
  collection: collectionSchema,
  environment: environmentSchema,
} as const;

/** What types that are containers have in common. */
export const everyContainer = z
  .strictObject(containerSettings)
  .describe("Of the types `web`, `private`, `worker`, `cron` and `job`.");
