import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { type S3, S3 as S3Client } from "@aws-sdk/client-s3";
import { withBucketOwner } from "./bucket-owner.ts";

const own = "x-amz-expected-bucket-owner";
const source = "x-amz-source-expected-bucket-owner";
const object = { Bucket: "shop", Key: "a" };

/** Every call on a bucket that we make, with the headers that must name the owner. */
const rows: Readonly<Record<string, readonly [(s3: S3) => Promise<unknown>, readonly string[]]>> = {
  getObject: [(s3) => s3.getObject(object), [own]],
  headObject: [(s3) => s3.headObject(object), [own]],
  putObject: [(s3) => s3.putObject({ ...object, Body: "x" }), [own]],
  deleteObject: [(s3) => s3.deleteObject(object), [own]],
  copyObject: [(s3) => s3.copyObject({ ...object, CopySource: "shop/b" }), [own, source]],
  listObjectsV2: [(s3) => s3.listObjectsV2({ Bucket: "shop" }), [own]],
  headBucket: [(s3) => s3.headBucket({ Bucket: "shop" }), [own]],
  getBucketVersioning: [(s3) => s3.getBucketVersioning({ Bucket: "shop" }), [own]],
  putBucketPolicy: [(s3) => s3.putBucketPolicy({ Bucket: "shop", Policy: "{}" }), [own]],
  getBucketTagging: [(s3) => s3.getBucketTagging({ Bucket: "shop" }), [own]],
  // It makes a bucket of the caller's, or fails.
  createBucket: [(s3) => s3.createBucket({ Bucket: "shop" }), []],
  listBuckets: [(s3) => s3.listBuckets({}), []],
};

test("every call on a bucket names the account that must own it", async () => {
  let heard: IncomingHttpHeaders = {};
  const server = createServer((request, response) => {
    heard = request.headers;
    request.resume();
    response.writeHead(403).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const s3 = withBucketOwner(
    new S3Client({
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "A", secretAccessKey: "B" },
      maxAttempts: 1,
    }),
    async () => "111111111111",
  );
  try {
    for (const [name, [call, headers]] of Object.entries(rows)) {
      await assert.rejects(call(s3));
      const named = [own, source].filter((header) => heard[header] === "111111111111");
      assert.deepEqual(named, headers, name);
    }
  } finally {
    s3.destroy();
    server.closeAllConnections();
    server.close();
  }
});
