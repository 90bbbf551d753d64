import { listedBy, matchesPattern } from "./images.ts";
import type { LifecyclePolicy, LifecycleRule } from "./lifecycle-policy.ts";
import { type Image, type Repository, tagsOf } from "./state.ts";

interface Candidate {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly image: Image;
}

const day = 24 * 3600 * 1000;

/**
 * Digests of the images that a policy expires, as
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html evaluates it: each rule looks at all
 * images that match its tags, expired by others or not; an image belongs to the first rule whose tags it matches; an
 * image that an index lists stays as long as the index does.
 */
export function expiredImages(repository: Repository, policy: LifecyclePolicy, now: Date): readonly string[] {
  const candidates = Object.entries(repository.images).map(([digest, image]) => ({
    digest,
    image,
    tags: tagsOf(repository, digest),
  }));
  const claimed = new Set<string>();
  const expired: string[] = [];
  for (const rule of [...policy.rules].sort((a, b) => a.rulePriority - b.rulePriority)) {
    const matching = candidates.filter((one) => matchesTags(rule, one.tags));
    const mine = overLimit(rule, matching, now).filter((one) => !claimed.has(one.digest));
    expired.push(...mine.map((one) => one.digest));
    for (const one of matching) claimed.add(one.digest);
  }
  return expired.filter((digest) => listedBy(repository, digest).every((index) => expired.includes(index)));
}

function matchesTags({ selection }: LifecycleRule, tags: readonly string[]): boolean {
  if (selection.tagStatus === "any") return true;
  if (selection.tagStatus === "untagged") return tags.length === 0;
  const prefixes = selection.tagPrefixList ?? [];
  const patterns = selection.tagPatternList ?? [];
  return (
    tags.length > 0 &&
    prefixes.every((prefix) => tags.some((tag) => tag.startsWith(prefix))) &&
    patterns.every((pattern) => tags.some((tag) => matchesPattern(pattern, tag)))
  );
}

function overLimit(
  { selection }: LifecycleRule,
  images: readonly Candidate[],
  now: Date,
): readonly Candidate[] {
  if (selection.countType === "imageCountMoreThan") {
    return [...images].sort(youngestFirst).slice(selection.countNumber);
  }
  const oldest = now.getTime() - selection.countNumber * day;
  const since = selection.countType === "sinceImagePulled" ? lastPull : lastPush;
  return images.filter((one) => Date.parse(since(one.image)) < oldest);
}

function youngestFirst(a: Candidate, b: Candidate): number {
  return Date.parse(b.image.pushedAt) - Date.parse(a.image.pushedAt);
}

function lastPush(image: Image): string {
  return image.pushedAt;
}

/** An image that was never pulled counts from its push. */
function lastPull(image: Image): string {
  return image.pulledAt ?? image.pushedAt;
}
