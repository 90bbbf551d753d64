import * as z from "zod";

/** What the registry must know of a manifest. https://github.com/opencontainers/image-spec */
export interface Manifest {
  readonly mediaType: string;
  readonly artifactMediaType?: string;
  readonly size: number;
  readonly layers: readonly string[];
  readonly manifests: readonly string[];
}

const descriptor = z.object({
  mediaType: z.string().optional(),
  digest: z.string(),
  size: z.number(),
  urls: z.array(z.string()).optional(),
});
const imageManifest = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
  config: descriptor,
  layers: z.array(descriptor),
});
const indexManifest = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
  manifests: z.array(descriptor),
});

const imageTypes = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
];
const indexTypes = [
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.index.v1+json",
];

/** Reads a manifest of schema 2 or OCI; undefined when it is neither. `mediaType`: of the request, where it has one. */
export function parseManifest(text: string, mediaType?: string): Manifest | undefined {
  const json = parsed(text);
  const index = indexManifest.safeParse(json);
  if (index.success) return indexOf(index.data, mediaType);
  const image = imageManifest.safeParse(json);
  return image.success ? imageOf(image.data, mediaType) : undefined;
}

function indexOf(index: z.infer<typeof indexManifest>, given?: string): Manifest | undefined {
  const mediaType = given ?? index.mediaType ?? "application/vnd.oci.image.index.v1+json";
  if (!indexTypes.includes(mediaType)) return undefined;
  const type = index.artifactType;
  return {
    mediaType,
    ...(type === undefined ? {} : { artifactMediaType: type }),
    size: index.manifests.reduce((sum, one) => sum + one.size, 0),
    layers: [],
    manifests: index.manifests.map((one) => one.digest),
  };
}

function imageOf(image: z.infer<typeof imageManifest>, given?: string): Manifest | undefined {
  const mediaType = given ?? image.mediaType ?? "application/vnd.oci.image.manifest.v1+json";
  if (!imageTypes.includes(mediaType)) return undefined;
  // Layers with addresses of their own ("foreign") are never pushed.
  const stored = [image.config, ...image.layers].filter((one) => one.urls === undefined);
  const type = image.artifactType ?? image.config.mediaType;
  return {
    mediaType,
    ...(type === undefined ? {} : { artifactMediaType: type }),
    size: stored.reduce((sum, one) => sum + one.size, 0),
    layers: [...new Set(stored.map((one) => one.digest))],
    manifests: [],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
