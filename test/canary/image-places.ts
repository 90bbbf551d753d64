import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Endpoint } from "./endpoint.ts";
import { type Piece, type Place, piece } from "./piece.ts";

const docker = promisify(execFile);

/** Images as they were pushed: the registry keeps their layers and, as JSON, their history, variables and manifests. */
export function imagePlaces(endpoint: Endpoint, registry: string, scratch: string): readonly Place[] {
  const push = (instruction: string, text: string) => pushImage(endpoint, scratch, instruction, text);
  const blobs = async (isJson: boolean) =>
    (await readAll(registry)).filter(({ content }) => (content[0] === 0x7b) === isJson);
  return [
    {
      name: "image histories and variables",
      read: () => blobs(true),
      plant: (text) => push(`ENV TOKEN=${text}`, ""),
    },
    { name: "image layers", read: () => blobs(false), plant: (text) => push("COPY leak /leak", text) },
  ];
}

async function readAll(folder: string): Promise<readonly Piece[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(files.map(async (file) => piece(file.slice(folder.length), await readFile(file))));
}

async function pushImage(
  endpoint: Endpoint,
  scratch: string,
  instruction: string,
  leak: string,
): Promise<void> {
  const folder = join(scratch, "planted-image");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "leak"), leak);
  await writeFile(join(folder, "Dockerfile"), `FROM scratch\n${instruction}\nCOPY Dockerfile /\n`);
  const { repositories } = Object(await endpoint.ecr("DescribeRepositories", {}));
  // A tag is never moved to another image.
  const image = `${endpoint.registry}/${repositories[0].repositoryName}:${randomUUID()}`;
  await docker("docker", ["build", "--quiet", "--provenance=false", "--tag", image, folder]);
  const { authorizationData } = Object(await endpoint.ecr("GetAuthorizationToken", {}));
  const auths = { [endpoint.registry]: { auth: authorizationData[0].authorizationToken } };
  await writeFile(join(folder, "config.json"), JSON.stringify({ auths }));
  await docker("docker", ["--config", folder, "push", "--quiet", image]);
  await docker("docker", ["image", "rm", image]);
}
