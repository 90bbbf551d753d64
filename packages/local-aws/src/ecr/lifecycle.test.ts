import assert from "node:assert/strict";
import { test } from "node:test";
import { expiredImages } from "./lifecycle.ts";
import { parseLifecyclePolicy } from "./lifecycle-policy.ts";
import type { Image, Repository } from "./state.ts";

const now = new Date("2026-05-20T00:00:00Z");

/** `[digest, tags, days since the push]`, and the images an index lists. */
type Row = readonly [string, readonly string[], number, (readonly string[])?];

function repository(rows: readonly Row[]): Repository {
  const image = (days: number, manifests: readonly string[]): Image => ({
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    size: 1,
    pushedAt: new Date(now.getTime() - days * 86_400_000 - 1).toISOString(),
    layers: [],
    manifests,
  });
  return {
    name: "app",
    arn: "arn",
    registryId: "000000000000",
    uri: "uri",
    createdAt: now.toISOString(),
    mutability: "MUTABLE",
    exclusions: [],
    scanOnPush: false,
    encryption: { encryptionType: "AES256" },
    tags: {},
    layers: {},
    images: Object.fromEntries(
      rows.map(([digest, , days, manifests = []]) => [digest, image(days, manifests)]),
    ),
    imageTags: Object.fromEntries(rows.flatMap(([digest, tags]) => tags.map((tag) => [tag, digest]))),
  };
}

const rule = (rulePriority: number, selection: object) => ({
  rulePriority,
  selection,
  action: { type: "expire" },
});
const policy = (...rules: readonly object[]) => parseLifecyclePolicy(JSON.stringify({ rules }));
const keep = (countNumber: number) => ({ countType: "imageCountMoreThan", countNumber });
const olderThan = (countNumber: number) => ({
  countType: "sinceImagePushed",
  countUnit: "days",
  countNumber,
});

const table: readonly [string, readonly Row[], ReturnType<typeof policy>, readonly string[]][] = [
  [
    "the oldest beyond the count go",
    [
      ["a", ["v1"], 3],
      ["b", ["v2"], 2],
      ["c", ["v3"], 1],
    ],
    policy(rule(1, { tagStatus: "any", ...keep(2) })),
    ["a"],
  ],
  [
    "untagged images go by age",
    [
      ["a", [], 15],
      ["b", [], 13],
      ["c", ["v1"], 15],
    ],
    policy(rule(1, { tagStatus: "untagged", ...olderThan(14) })),
    ["a"],
  ],
  [
    "what an earlier rule looks after, a later one leaves, while it still counts it",
    [
      ["a", ["release-1"], 4],
      ["b", ["x"], 3],
      ["c", ["y"], 2],
      ["d", ["z"], 1],
    ],
    policy(
      rule(1, { tagStatus: "tagged", tagPrefixList: ["release-"], ...keep(1000) }),
      rule(2, { tagStatus: "any", ...keep(2) }),
    ),
    ["b"],
  ],
  [
    "an image must have a tag for each prefix",
    [
      ["a", ["alpha-1", "beta-1"], 9],
      ["b", ["alpha-2"], 9],
    ],
    policy(rule(1, { tagStatus: "tagged", tagPrefixList: ["alpha", "beta"], ...olderThan(1) })),
    ["a"],
  ],
  [
    "patterns name the whole tag",
    [
      ["a", ["prod-1"], 9],
      ["b", ["1-prod"], 9],
    ],
    policy(rule(1, { tagStatus: "tagged", tagPatternList: ["prod*"], ...olderThan(1) })),
    ["a"],
  ],
  [
    "images of an index stay as long as it does",
    [
      ["index", ["v1"], 1, ["arm"]],
      ["arm", [], 30],
      ["loose", [], 30],
    ],
    policy(rule(1, { tagStatus: "untagged", ...olderThan(14) })),
    ["loose"],
  ],
  [
    "an index and its images go together",
    [
      ["index", ["v1"], 30, ["arm"]],
      ["arm", [], 30],
    ],
    policy(rule(1, { tagStatus: "any", ...olderThan(14) })),
    ["index", "arm"],
  ],
];

for (const [title, rows, rules, expected] of table) {
  test(title, () => assert.deepEqual(expiredImages(repository(rows), rules, now), expected));
}

test("what is no policy is refused by name", () => {
  const refused = [
    "no JSON",
    JSON.stringify({ rules: [] }),
    JSON.stringify({ rules: [rule(1, { tagStatus: "tagged", ...keep(1) })] }),
    JSON.stringify({
      rules: [rule(1, { tagStatus: "any", ...keep(1) }), rule(2, { tagStatus: "untagged", ...keep(1) })],
    }),
    JSON.stringify({
      rules: [rule(1, { tagStatus: "untagged", countType: "sinceImagePushed", countNumber: 1 })],
    }),
  ];
  for (const text of refused) {
    assert.throws(() => parseLifecyclePolicy(text), { code: "InvalidParameterException" }, text);
  }
});
