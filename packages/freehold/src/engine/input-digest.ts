import { createHash } from "node:crypto";
import type { Build, Platform } from "../app/application.ts";
import type { FileEntry, FilesPort } from "./ports.ts";

/**
 * Digest of everything that goes into an image: the context's files after `.dockerignore` (path, mode, link, content), the
 * Dockerfile, target, arguments and platform. Equal digests mean the image need not be built.
 *
 * @returns 32 hexadecimal digits.
 */
export async function inputDigest(build: Build, platform: Platform, files: FilesPort): Promise<string> {
  const context = `${files.project}/${build.context}`;
  const hash = createHash("sha256");
  hash.update(JSON.stringify([platform, build.target ?? null, Object.entries(build.args).sort()]));
  hash.update(await dockerfileContent(build, context, files));
  for (const entry of await files.list(context, { dockerignore: `${context}/.dockerignore` })) {
    hash.update(JSON.stringify([entry.path, entry.isExecutable, entry.link ?? null, entry.size]));
    if (entry.link === undefined) hash.update(await contentDigest(files, context, entry));
  }
  return hash.digest("hex").slice(0, 32);
}

async function dockerfileContent({ dockerfile }: Build, context: string, files: FilesPort) {
  return typeof dockerfile === "string" ? files.readInput(`${context}/${dockerfile}`) : dockerfile.text;
}

async function contentDigest(files: FilesPort, context: string, entry: FileEntry): Promise<Uint8Array> {
  return createHash("sha256")
    .update(await files.readInput(`${context}/${entry.path}`))
    .digest();
}

/** Digest of any JSON-like value, keys in any order; 32 hexadecimal digits. */
export function valueDigest(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex")
    .slice(0, 32);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}
