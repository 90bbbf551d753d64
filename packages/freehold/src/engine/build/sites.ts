import type { Build, Environment, Site } from "../../app/application.ts";
import { atMost } from "../at-most.ts";
import type { Emit } from "../events.ts";
import { valueDigest } from "../input-digest.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import { buildKey, siteInputs, sitePlatform } from "./artifacts.ts";
import { localTag } from "./publish-image.ts";

/** The files of a site, ready to be uploaded. */
export interface BuiltSite {
  readonly name: string;
  /** Equal digests mean equal files. */
  readonly digest: string;
  /** Absolute path of the output on this machine. */
  readonly folder: string;
  /** What the output must be in, through links: the project's Git root where it is left out. */
  readonly within?: string;
}

export interface SitesRequest {
  readonly environment: Environment;
  /** Input digest by `buildKey`. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly parent?: string;
}

/** Builds each site's output folder, unless that of the same inputs is here already. */
export async function buildSites(
  request: SitesRequest,
  ports: Ports,
  emit: Emit,
): Promise<readonly BuiltSite[]> {
  const built: BuiltSite[] = [];
  for (const site of request.environment.services) {
    if (site.type !== "site") continue;
    const title = `Build ${site.name}`;
    const parent = request.parent === undefined ? {} : { parent: request.parent };
    built.push(
      await step({ id: `build/${site.name}`, title, ...parent }, ports, emit, async (report) => {
        const before = siteInputs(site, request.inputs);
        const folder = before === undefined ? undefined : await ports.work.site(before);
        if (before !== undefined && folder !== undefined && (await ports.files.exists(folder))) {
          report.end({ outcome: "unchanged", detail: before.slice(0, 12) });
          return builtFromImage(site, before, ports);
        }
        return buildSite(site, request.inputs, ports, emit);
      }),
    );
  }
  return built;
}

async function buildSite(
  site: Site,
  inputs: ReadonlyMap<string, string>,
  ports: Ports,
  emit: Emit,
): Promise<BuiltSite> {
  const onLine = (line: string) => emit({ type: "output", source: site.name, line });
  if (site.source.kind === "host") {
    const folder = `${ports.files.project}/${site.source.folder}`;
    if (site.source.command !== undefined)
      await ports.hostCommands.run({ folder: site.source.folder, command: site.source.command }, onLine);
    const output = `${folder}/${site.source.output}`;
    return { name: site.name, digest: await outputDigest(output, ports), folder: output };
  }
  const { build, output } = site.source;
  const tag = localTag(inputs.get(buildKey(build, sitePlatform)) ?? "");
  await buildImage(build, tag, ports, onLine);
  const digest = siteInputs(site, inputs) ?? "";
  const folder = await ports.work.site(digest);
  await ports.docker.copyOut(tag, output, folder);
  return builtFromImage(site, digest, ports);
}

/** An output that is itself a link of the image leads anywhere on this machine. */
async function builtFromImage(site: Site, digest: string, ports: Ports): Promise<BuiltSite> {
  const folder = await ports.work.site(digest);
  await ports.files.published(folder, folder);
  return { name: site.name, digest, folder, within: folder };
}

async function buildImage(
  build: Build,
  tag: string,
  ports: Ports,
  onLine: (line: string) => void,
): Promise<void> {
  if ((await ports.docker.imageId(tag)) !== undefined) return;
  await ports.docker.build(
    {
      context: { kind: "folder", path: `${ports.files.project}/${build.context}` },
      dockerfile: build.dockerfile,
      ...(build.target === undefined ? {} : { target: build.target }),
      args: build.args,
      platform: sitePlatform,
      tag,
    },
    onLine,
  );
}

async function outputDigest(output: string, ports: Ports): Promise<string> {
  const { folder, paths } = await ports.files.published(output);
  // Each holds a file open.
  const entries = await atMost(8, paths, async (path) => [
    path,
    valueDigest(Buffer.from(await ports.files.readPublished(folder, path)).toString("base64")),
  ]);
  return valueDigest(entries);
}
