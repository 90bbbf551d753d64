import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { tarOf } from "../../docker/tar.ts";
import type { Engine } from "../../docker-engine/engine.ts";

const folder = fileURLToPath(new URL("../../../pause/", import.meta.url));
const files = ["Dockerfile", "agent.nft", "pause.sh"] as const;

/** The image of the container that owns a task's network namespace could not be built. */
class PauseImageError extends Error {
  override readonly name = "PauseImageError";
}

/** Builds the pause image unless it is there: its tag is the digest of what goes in. @throws PauseImageError */
export async function ensurePauseImage(docker: Engine): Promise<string> {
  const contents = await Promise.all(files.map((file) => readFile(`${folder}${file}`)));
  const digest = createHash("sha256").update(Buffer.concat(contents)).digest("hex").slice(0, 12);
  const tag = `local-aws-pause:${digest}`;
  const found = await docker.listImages({ reference: [tag] });
  if (found.length > 0) return tag;
  const entries = files.map((file, index) => ({
    path: `/${file}`,
    content: contents[index]?.toString("utf8") ?? "",
    mode: 0o644,
  }));
  // Debian's packages are fetched as the machine fetches them: builds get no network of their own.
  await docker.build({ context: tarOf(entries), tag, network: "host" }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PauseImageError(`the pause image cannot be built: ${reason}`);
  });
  return tag;
}
