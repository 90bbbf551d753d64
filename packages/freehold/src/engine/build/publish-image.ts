import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import type { StepReport } from "../step.ts";
import type { Artifact } from "./artifacts.ts";
import { type Overlay, overlayBuild } from "./overlay.ts";
import { digestOfTag, repositoryUrl } from "./repositories.ts";

export interface PublishRequest {
  readonly artifact: Artifact;
  readonly repositories: Readonly<Record<string, string>>;
}

/** Makes sure that each owner's repository holds the image; answers `<repository>@<digest>` by owner. */
export async function publish(
  request: PublishRequest,
  report: StepReport,
  ports: Ports,
  emit: Emit,
): Promise<Readonly<Record<string, string>>> {
  const { artifact, repositories } = request;
  const known = await Promise.all(
    artifact.owners.map(async (owner) => {
      const url = repositoryUrl(repositories, owner);
      return { owner, url, digest: await digestOfTag(url, artifact.tag, ports) };
    }),
  );
  const missing = known.filter((one) => one.digest === undefined);
  if (missing.length === 0) report.end({ outcome: "unchanged", detail: shortDigest(known[0]?.digest) });
  const local = missing.length === 0 ? "" : await localImage(request, report, ports, emit);
  const entries: (readonly [string, string])[] = [];
  for (const { owner, url, digest } of known) {
    const held = digest ?? (await push(local, { url, tag: artifact.tag }, report, ports));
    entries.push([owner, `${url}@${held}`]);
  }
  if (missing.length > 0) report.end({ outcome: "done", detail: shortDigest(entries[0]?.[1].split("@")[1]) });
  return Object.fromEntries(entries);
}

/**
 * Another run may have pushed the same inputs in the meantime. ECR then refuses the tag, which is immutable, and the image under
 * it is as good as ours: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
async function push(
  local: string,
  { url, tag }: { readonly url: string; readonly tag: string },
  report: StepReport,
  ports: Ports,
): Promise<string> {
  report.progress(`pushing to ${url}`);
  const target = `${url}:${tag}`;
  await ports.docker.tag(local, target);
  try {
    return await ports.docker.push(target);
  } catch (error) {
    const existing = await digestOfTag(url, tag, ports);
    if (existing === undefined) throw error;
    return existing;
  }
}

/** Reference of the finished image on this machine, built or pulled when it is not there yet. */
async function localImage(
  request: PublishRequest,
  report: StepReport,
  ports: Ports,
  emit: Emit,
): Promise<string> {
  const { artifact } = request;
  const original =
    artifact.source.kind === "build"
      ? await built(artifact, report, ports, emit)
      : await pulled(artifact.source.reference, artifact.platform, report, ports);
  const { overlay } = artifact;
  return overlay === undefined ? original : overlaid(original, overlay, artifact, ports);
}

async function built(artifact: Artifact, report: StepReport, ports: Ports, emit: Emit): Promise<string> {
  if (artifact.source.kind !== "build") return "";
  const { build, inputs } = artifact.source;
  const tag = localTag(inputs);
  if ((await ports.docker.imageId(tag)) !== undefined) return tag;
  report.progress("building");
  const source = artifact.owners[0] ?? "build";
  await ports.docker.build(
    {
      context: { kind: "folder", path: `${ports.files.project}/${build.context}` },
      dockerfile: build.dockerfile,
      ...(build.target === undefined ? {} : { target: build.target }),
      args: build.args,
      platform: artifact.platform,
      tag,
    },
    (line) => emit({ type: "output", source, line }),
  );
  return tag;
}

/** Tag of a build on this machine. */
export function localTag(inputs: string): string {
  return `freehold-build:${inputs}`;
}

async function pulled(
  reference: string,
  platform: string,
  report: StepReport,
  ports: Ports,
): Promise<string> {
  if ((await ports.docker.imageId(reference)) !== undefined) return reference;
  report.progress(`pulling ${reference}`);
  await ports.docker.pull(reference, platform);
  return reference;
}

/** The image with what lies over it. */
async function overlaid(
  original: string,
  overlay: Overlay,
  artifact: Artifact,
  ports: Ports,
): Promise<string> {
  const tag = localTag(artifact.tag);
  await ports.docker.build(
    {
      context: { kind: "files", files: overlayBuild(original, overlay) },
      dockerfile: "Dockerfile",
      args: {},
      platform: artifact.platform,
      tag,
    },
    () => {},
  );
  return tag;
}

function shortDigest(digest: string | undefined): string {
  return digest === undefined ? "" : digest.slice(0, 19);
}
