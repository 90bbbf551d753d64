import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type Dockerode from "dockerode";

const folder = fileURLToPath(new URL("../../../pause/", import.meta.url));
const files = ["Dockerfile", "agent.nft", "pause.sh"] as const;

/** The image of the container that owns a task's network namespace could not be built. */
class PauseImageError extends Error {
  override readonly name = "PauseImageError";
}

/** Builds the pause image unless it is there: its tag is the digest of what goes in. @throws PauseImageError */
export async function ensurePauseImage(docker: Dockerode): Promise<string> {
  const contents = await Promise.all(files.map((file) => readFile(`${folder}${file}`)));
  const digest = createHash("sha256").update(Buffer.concat(contents)).digest("hex").slice(0, 12);
  const tag = `local-aws-pause:${digest}`;
  const found = await docker.listImages({ filters: { reference: [tag] } });
  if (found.length === 0) await build(docker, tag);
  return tag;
}

/** Debian's packages are fetched as the machine fetches them: builds get no network of their own. */
async function build(docker: Dockerode, tag: string): Promise<void> {
  const stream = await docker
    .buildImage(
      { context: folder, src: [...files] },
      { t: tag, networkmode: "host", rm: true, forcerm: true },
    )
    .catch((error: unknown) => {
      throw new PauseImageError(`the pause image cannot be built: ${String(error)}`);
    });
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error) => {
        if (!error) return resolve();
        reject(
          new PauseImageError(
            `the pause image cannot be built: ${error.message}\n${lines.slice(-15).join("")}`,
          ),
        );
      },
      ({ stream: line = "" }: { readonly stream?: string }) => lines.push(line),
    );
  });
}
