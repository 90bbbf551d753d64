import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const bucket = process.env.UPLOADS_NAME;
const folder = process.env.UPLOADS_FOLDER ?? "/tmp/uploads";
const s3 = bucket ? new S3Client() : undefined;

/** Pictures of customers: in the bucket, or in a folder where there is none. */
export async function saveUpload(key, body, type) {
  if (s3 !== undefined) {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: type }));
    return;
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, key), body);
}

export async function listUploads() {
  if (s3 !== undefined) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 100 }));
    return Contents.map((object) => object.Key);
  }
  return readdir(folder).catch(() => []);
}

/** The picture, or undefined when there is none of that name. */
export async function readUpload(key) {
  try {
    if (s3 === undefined)
      return { body: await readFile(join(folder, key)), type: "application/octet-stream" };
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { body: await object.Body.transformToByteArray(), type: object.ContentType };
  } catch (error) {
    if (error.name === "NoSuchKey" || error.code === "ENOENT") return undefined;
    throw error;
  }
}
