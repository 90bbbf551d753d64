import { imagesOf } from "../app/find.ts";
import { type Identity, terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import { jsonencode, type Ref } from "../terraform/expression.ts";
import { nameOf } from "./names.ts";
import { type CollectionScope, guardOf, serviceTags } from "./scope.ts";

export interface Repositories {
  readonly blocks: readonly Block[];
  /** URL by service or database. */
  readonly urls: Readonly<Record<string, Ref>>;
}

/** One repository for each image that runs, mirrored ones too: no other registry is in the path of a start. */
export function repositories(scope: CollectionScope): Repositories {
  const made = imagesOf(scope.collection).map(({ name }) => ({ name, ...repository(scope, name) }));
  return {
    blocks: made.flatMap((one) => one.blocks),
    urls: Object.fromEntries(made.map((one) => [one.name, one.url])),
  };
}

/** Name of the repository of a service or database; an environment's execution role names it as well. */
export function repositoryName(collection: Identity, owner: string): string {
  return nameOf("repository", { ...collection, service: owner });
}

function repository(scope: CollectionScope, owner: string) {
  const main = resource(
    "aws_ecr_repository",
    terraformName(owner),
    {
      name: repositoryName(scope.identity, owner),
      // Tags name the content of an image, or a release and the image's digest: none ever moves.
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      force_delete: !scope.isGuarded,
      tags: serviceTags(owner),
    },
    { lifecycle: guardOf(scope) },
  );
  const kept = resource("aws_ecr_lifecycle_policy", terraformName(owner), {
    repository: ref(main, "name"),
    policy: jsonencode({ rules: [keepReleases, keepLatest] }),
  });
  return { url: ref(main, "repository_url"), blocks: [main, kept] };
}

/** An image that a rule of higher priority matches is never expired by a lower one: this one guards the released. */
const keepReleases = {
  rulePriority: 1,
  description: "Images of releases",
  selection: {
    tagStatus: "tagged",
    tagPrefixList: ["release-"],
    countType: "imageCountMoreThan",
    countNumber: 900,
  },
  action: { type: "expire" },
};

const keepLatest = {
  rulePriority: 2,
  description: "The last 20 of the others",
  selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 20 },
  action: { type: "expire" },
};
