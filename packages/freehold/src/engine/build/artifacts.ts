import type { Build, ContainerService, Environment, Platform, Site } from "../../app/application.ts";
import { containerServices } from "../../app/find.ts";
import { valueDigest } from "../input-digest.ts";
import { type Overlay, type OverlayContents, overlayDigest, overlayOf } from "./overlay.ts";

/** An image that must stand in the account before a release: built from source, or mirrored from elsewhere. */
export interface Artifact {
  /** Names of the services and databases whose repositories hold it, sorted; the first names it to the reader. */
  readonly owners: readonly string[];
  /** Whether its owners run it, or it writes their secrets into files before they do. */
  readonly purpose: "run" | "write-secrets";
  readonly source: ArtifactSource;
  readonly platform: Platform;
  /** What lies on top, if anything. */
  readonly overlay?: Overlay;
  /** Tag in the repositories: a digest of everything above and of what it stands for. */
  readonly tag: string;
}

export type ArtifactSource =
  | { readonly kind: "build"; readonly build: Build; readonly inputs: string }
  | { readonly kind: "mirror"; readonly reference: string };

/** Key of a build among the digests handed to `artifactsOf`: what is built, and for which platform. */
export function buildKey(build: Build, platform: Platform): string {
  return valueDigest([build, platform]);
}

/** Distinct builds of an environment's containers and of its sites that are built as images. */
export function buildsOf(
  environment: Environment,
): readonly { readonly build: Build; readonly platform: Platform }[] {
  const containers = environment.services.flatMap((service) =>
    service.type !== "site" && service.image.kind === "build"
      ? [{ build: service.image.build, platform: service.platform }]
      : [],
  );
  const sites = environment.services.flatMap((service) =>
    service.type === "site" && service.source.kind === "image"
      ? [{ build: service.source.build, platform: sitePlatform }]
      : [],
  );
  const all = [...containers, ...sites].map((one) => [buildKey(one.build, one.platform), one] as const);
  return [...new Map(all).values()];
}

/** A site's output is files: the platform it is built on never shows, so it is always the same. */
export const sitePlatform: Platform = "linux/amd64";

/**
 * What must be built or mirrored, each distinct image once.
 *
 * @param inputs input digest by `buildKey`.
 */
export function artifactsOf(
  environment: Environment,
  inputs: ReadonlyMap<string, string>,
  contents: OverlayContents,
): readonly Artifact[] {
  const wanted = [
    ...containerServices(environment).map((service) => ({
      ...ofService(service, inputs),
      ...overlaid(overlayOf(service, environment, contents)),
    })),
    ...ofDatabases(environment),
    ...ofWriters(environment),
  ];
  const tagged = wanted.map((one) => ({ ...one, tag: tagOf(one) }));
  const byTag = Map.groupBy(tagged, (one) => `${one.purpose} ${one.tag}`);
  return [...byTag.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ ...first, owners: [first, ...rest].flatMap((one) => one.owners).sort() }],
  );
}

type Untagged = Omit<Artifact, "tag">;

function ofService(
  { name, image, platform }: ContainerService,
  inputs: ReadonlyMap<string, string>,
): Untagged {
  const source: ArtifactSource =
    image.kind === "build"
      ? { kind: "build", build: image.build, inputs: inputs.get(buildKey(image.build, platform)) ?? "" }
      : { kind: "mirror", reference: image.reference };
  return { owners: [name], purpose: "run", source, platform };
}

function overlaid(overlay: Overlay | undefined): Pick<Artifact, "overlay"> {
  return overlay === undefined ? {} : { overlay };
}

/** A database's own image holds the right client for its tasks. */
function ofDatabases(environment: Environment): readonly Untagged[] {
  return environment.resources.flatMap((resource) =>
    resource.type === "database"
      ? [
          {
            owners: [resource.name],
            purpose: "run" as const,
            source: { kind: "mirror" as const, reference: resource.image },
            platform: "linux/amd64" as const,
          },
        ]
      : [],
  );
}

/** Two megabytes with a shell: a service's own image may have none, and is to get none. */
const writerImage = "public.ecr.aws/docker/library/busybox:1.37";

function ofWriters(environment: Environment): readonly Untagged[] {
  return containerServices(environment).flatMap(({ name, platform, secretFiles }) =>
    secretFiles === undefined
      ? []
      : [
          {
            owners: [name],
            purpose: "write-secrets" as const,
            source: { kind: "mirror" as const, reference: writerImage },
            platform,
          },
        ],
  );
}

function tagOf({ source, platform, overlay }: Untagged): string {
  const original = source.kind === "build" ? source.inputs : source.reference;
  const above = overlay === undefined ? null : overlayDigest(overlay);
  return valueDigest([source.kind, original, platform, above]);
}

/** The site's digest: that of its inputs, since the same inputs give the same files. */
export function siteInputs(site: Site, inputs: ReadonlyMap<string, string>): string | undefined {
  if (site.source.kind !== "image") return undefined;
  const digest = inputs.get(buildKey(site.source.build, sitePlatform));
  return digest === undefined ? undefined : valueDigest([digest, site.source.output]);
}
