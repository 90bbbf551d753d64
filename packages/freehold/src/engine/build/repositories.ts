import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";

/** Registry host and repository name of a repository URL such as `111111111111.dkr.ecr.us-east-1.amazonaws.com/shop/api`. */
export function repositoryParts(url: string): { readonly registry: string; readonly name: string } {
  const slash = url.indexOf("/");
  return { registry: url.slice(0, slash), name: url.slice(slash + 1) };
}

/** URL of the repository of a service or database. */
export function repositoryUrl(repositories: Readonly<Record<string, string>>, owner: string): string {
  const url = repositories[owner];
  if (url !== undefined) return url;
  throw new UserError({
    code: "missing-repository",
    subject: owner,
    message: `The collection has no image repository for ${owner}.`,
    hint: "Run `freehold up`, which provisions the collection first.",
  });
}

/** Digest of a tagged image in a repository, or undefined when there is none. */
export async function digestOfTag(url: string, tag: string, ports: Ports): Promise<string | undefined> {
  const ecr = await ports.aws.ecr();
  try {
    const answer = await ecr.describeImages({
      repositoryName: repositoryParts(url).name,
      imageIds: [{ imageTag: tag }],
    });
    return answer.imageDetails?.[0]?.imageDigest;
  } catch (error) {
    if (error instanceof Error && error.name === "ImageNotFoundException") return undefined;
    throw error;
  }
}

/** Whether the repository of `<repository>@sha256:…` holds it. */
export async function hasImage(image: string, ports: Ports): Promise<boolean> {
  const [url = "", imageDigest] = image.split("@");
  const ecr = await ports.aws.ecr();
  const repositoryName = repositoryParts(url).name;
  const { failures = [] } = await ecr.batchGetImage({ repositoryName, imageIds: [{ imageDigest }] });
  return failures.every((one) => one.failureCode !== "ImageNotFound");
}

/**
 * `release-<environment>-<id>-<start of the digest>`. A release that failed leaves its tags, and the next attempt takes the same
 * id: the digest keeps the tags of two attempts apart, and the beginning keeps the image from expiring.
 */
export function releaseTag(release: string, image: string): string {
  const [, digest = ""] = image.split("@sha256:");
  return `release-${release}-${digest.slice(0, 12)}`;
}

/** Adds a tag to an image that is in the repository already (ECR BatchGetImage and PutImage move no layer). */
export async function addTag(image: string, tag: string, ports: Ports): Promise<void> {
  const [url = "", imageDigest] = image.split("@");
  const repositoryName = repositoryParts(url).name;
  const ecr = await ports.aws.ecr();
  const { images = [] } = await ecr.batchGetImage({ repositoryName, imageIds: [{ imageDigest }] });
  const [found] = images;
  if (found?.imageManifest === undefined) return;
  try {
    await ecr.putImage({
      repositoryName,
      imageManifest: found.imageManifest,
      imageManifestMediaType: found.imageManifestMediaType,
      imageTag: tag,
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === "ImageAlreadyExistsException")) throw error;
  }
}

/** Logs Docker in to the registry of these repositories with ECR's token, which lives 12 hours. */
export async function logIn(repositories: Readonly<Record<string, string>>, ports: Ports): Promise<void> {
  const [url] = Object.values(repositories);
  if (url === undefined) return;
  const ecr = await ports.aws.ecr();
  const { authorizationData = [] } = await ecr.getAuthorizationToken({});
  const decoded = Buffer.from(authorizationData[0]?.authorizationToken ?? "", "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  await ports.docker.login(repositoryParts(url).registry, decoded.slice(0, colon), decoded.slice(colon + 1));
}
