import { createHash, type Hash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Content-addressed files, shared by all repositories. A file is there whole or not at all. */
export interface Blobs {
  /** Size in bytes, undefined when there is none. */
  size(digest: string): Promise<number | undefined>;
  /** From `start` on; the file must be there. */
  read(digest: string, start?: number): Readable;
  text(digest: string): Promise<string>;
  /** Stores bytes under their own digest, which it answers. */
  put(content: Uint8Array): Promise<string>;
  remove(digest: string): Promise<void>;
  /** Opens an upload; nothing of it outlives a restart. */
  open(): Promise<string>;
  /** Bytes so far, undefined for an unknown upload. */
  received(upload: string): number | undefined;
  /** Appends to an upload; answers the bytes so far. */
  append(upload: string, content: Readable): Promise<number>;
  /** Ends an upload; answers its digest and size, or undefined, dropping it, when its bytes have another digest. */
  finish(upload: string, digest: string): Promise<{ readonly size: number } | undefined>;
  drop(upload: string): Promise<void>;
}

interface Upload {
  readonly path: string;
  readonly hash: Hash;
  size: number;
}

const digestForm = /^sha256:[0-9a-f]{64}$/;

/** Whether this is a digest the registry can store; ECR takes SHA-256 alone. */
export function isDigest(text: string): boolean {
  return digestForm.test(text);
}

export function digestOf(content: Uint8Array | string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** Opens the blobs kept in a folder, made when missing; what was being uploaded at the last stop is thrown away. */
export async function openBlobs(folder: string): Promise<Blobs> {
  const uploadsFolder = join(folder, "uploads");
  const uploads = new Map<string, Upload>();
  const pathOf = (digest: string): string => join(folder, "sha256", digest.slice(7, 9), digest.slice(7));
  await rm(uploadsFolder, { recursive: true, force: true });
  await mkdir(uploadsFolder, { recursive: true, mode: 0o700 });
  const blobs: Blobs = {
    size: async (digest) => (await stat(pathOf(digest)).catch(() => undefined))?.size,
    read: (digest, start = 0) => createReadStream(pathOf(digest), { start }),
    text: (digest) => readFile(pathOf(digest), "utf8"),
    put: (content) => putWhole(blobs, content),
    remove: (digest) => rm(pathOf(digest), { force: true }),
    open: async () => {
      const id = randomUUID();
      uploads.set(id, { path: join(uploadsFolder, id), hash: createHash("sha256"), size: 0 });
      return id;
    },
    received: (id) => uploads.get(id)?.size,
    append: (id, content) => append(uploads.get(id), content),
    finish: async (id, digest) => {
      const upload = uploads.get(id);
      uploads.delete(id);
      return upload === undefined ? undefined : settle(upload, digest, pathOf(digest));
    },
    drop: async (id) => {
      const upload = uploads.get(id);
      uploads.delete(id);
      if (upload !== undefined) await rm(upload.path, { force: true });
    },
  };
  return blobs;
}

async function putWhole(blobs: Blobs, content: Uint8Array): Promise<string> {
  const digest = digestOf(content);
  if ((await blobs.size(digest)) !== undefined) return digest;
  const upload = await blobs.open();
  await blobs.append(upload, Readable.from([content]));
  await blobs.finish(upload, digest);
  return digest;
}

async function append(upload: Upload | undefined, content: Readable): Promise<number> {
  if (upload === undefined) return 0;
  const measured = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      upload.hash.update(chunk);
      upload.size += chunk.length;
      yield chunk;
    }
  };
  await pipeline(content, measured, createWriteStream(upload.path, { flags: "a", mode: 0o600 }));
  return upload.size;
}

async function settle(upload: Upload, digest: string, path: string) {
  if (`sha256:${upload.hash.digest("hex")}` !== digest) {
    await rm(upload.path, { force: true });
    return undefined;
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(upload.path, path);
  return { size: upload.size };
}
