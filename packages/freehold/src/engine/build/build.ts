import type { Environment } from "../../app/application.ts";
import { atMost } from "../at-most.ts";
import type { Emit } from "../events.ts";
import { inputDigest } from "../input-digest.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import { type Artifact, artifactsOf, buildKey, buildsOf } from "./artifacts.ts";
import { demandInputs } from "./inputs.ts";
import { configContents } from "./overlay.ts";
import { publish } from "./publish-image.ts";
import { logIn } from "./repositories.ts";
import { type BuiltSite, buildSites } from "./sites.ts";

export interface BuildRequest {
  readonly environment: Environment;
  /** Repository URL by service or database name (CollectionOutputs.repositories). */
  readonly repositories: Readonly<Record<string, string>>;
  /** Id of the step this belongs to. */
  readonly parent?: string;
}

/** What a release needs of the build. */
export interface Built {
  /** `<repository>@sha256:…` by service or database name. */
  readonly images: Readonly<Record<string, string>>;
  /** The same of what writes secrets into files, by the name of the service that has some. */
  readonly writers: Readonly<Record<string, string>>;
  readonly sites: readonly BuiltSite[];
}

/**
 * Builds, mirrors and pushes every image that is not in the account yet, and builds the sites' files. Touches nothing that
 * runs. Distinct builds are built once, two side by side.
 *
 * @throws UserError when a context is missing, a build fails or the registry refuses.
 */
export async function build(request: BuildRequest, ports: Ports, emit: Emit): Promise<Built> {
  await demandInputs(request.environment, ports.files);
  const { environment } = request;
  const contents = {
    authorities: await ports.certificates(),
    files: await configContents(environment, ports.files),
  };
  const inputs = await inputDigests(environment, ports);
  const artifacts = artifactsOf(environment, inputs, contents);
  if (artifacts.length > 0) await logIn(request.repositories, ports);
  const published = await atMost(2, artifacts, async (artifact) => ({
    purpose: artifact.purpose,
    images: await publishStep(artifact, request, ports, emit),
  }));
  const imagesFor = (purpose: Artifact["purpose"]) =>
    Object.assign({}, ...published.filter((one) => one.purpose === purpose).map((one) => one.images));
  const sites = await buildSites({ environment, inputs, ...parentOf(request) }, ports, emit);
  return { images: imagesFor("run"), writers: imagesFor("write-secrets"), sites };
}

async function inputDigests(environment: Environment, ports: Ports): Promise<ReadonlyMap<string, string>> {
  const entries = buildsOf(environment).map(
    async ({ build, platform }) =>
      [buildKey(build, platform), await inputDigest(build, platform, ports.files)] as const,
  );
  return new Map(await Promise.all(entries));
}

function publishStep(
  artifact: Artifact,
  request: BuildRequest,
  ports: Ports,
  emit: Emit,
): Promise<Readonly<Record<string, string>>> {
  return step({ ...stepOf(artifact), ...parentOf(request) }, ports, emit, (report) =>
    publish({ artifact, repositories: request.repositories }, report, ports, emit),
  );
}

function stepOf({ purpose, source, owners }: Artifact): { readonly id: string; readonly title: string } {
  const names = owners.join(", ");
  if (purpose === "write-secrets")
    return { id: `build/${owners[0]}/secrets`, title: `Mirror what writes the secret files of ${names}` };
  return { id: `build/${owners[0]}`, title: `${source.kind === "build" ? "Build" : "Mirror"} ${names}` };
}

function parentOf(request: BuildRequest): { readonly parent?: string } {
  return request.parent === undefined ? {} : { parent: request.parent };
}
