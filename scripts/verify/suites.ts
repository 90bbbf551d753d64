import type { Check } from "./run-command.ts";
import type { Suite } from "./run-tests.ts";

export const checks: readonly Check[] = [
  { title: "format and lint", command: ["biome", "ci", "--error-on-warnings", "."] },
  { title: "types", command: ["tsc", "-p", "."] },
  { title: "licences", command: ["node", "scripts/check-licences.ts"] },
  { title: "no dead code", command: ["knip", "--no-progress"] },
  { title: "generated types", command: ["node", "scripts/generate-resources.ts", "--check"] },
  { title: "generated coverage", command: ["node", "scripts/generate-coverage.ts", "--check"] },
  { title: "generated reference", command: ["node", "scripts/generate-reference.ts", "--check"] },
];

export const unitTests: Suite = {
  title: "unit tests",
  patterns: [
    "packages/*/src/**/*.test.ts",
    "packages/freehold/test/*.test.ts",
    "scripts/**/*.test.ts",
    "test/house/*.test.ts",
  ],
  exclude: ["packages/*/{src,test}/**/*.{docker,terraform}.test.ts"],
  concurrency: 2,
  together: 24,
  timeout: 120_000,
};

/** What is too long for `npm test`, each by its title: `npm run test:<title>`. */
export const proofs: readonly Suite[] = [
  {
    title: "local-aws",
    patterns: ["packages/local-aws/test/*.test.ts"],
    concurrency: 1,
    timeout: 15 * 60_000,
  },
  {
    title: "properties",
    patterns: [
      "packages/freehold/src/app/{cron,names,sizes}.test.ts",
      "packages/freehold/src/aws/{names,cloud-names}.test.ts",
      "packages/freehold/src/config/{all-at-once,hostile,mutations,valid-files}.test.ts",
      "packages/freehold/src/config/adapters/copilot/mutations.test.ts",
      "packages/freehold/src/config/resolve/task-size.test.ts",
    ],
    environment: { PROPERTY_RUNS: "10000" },
    concurrency: 2,
    timeout: 30 * 60_000,
  },
  {
    title: "corpus",
    patterns: ["packages/freehold/test/corpus.terraform.test.ts"],
    concurrency: 1,
    timeout: 30 * 60_000,
  },
  {
    title: "hostile",
    patterns: ["test/hostile/*.test.ts"],
    concurrency: 1,
    timeout: 60 * 60_000,
  },
  {
    title: "canary",
    patterns: ["test/canary/*.test.ts"],
    concurrency: 1,
    timeout: 22 * 60_000,
  },
  {
    title: "broken",
    patterns: ["test/e2e/broken.test.ts"],
    concurrency: 1,
    timeout: 25 * 60_000,
  },
  {
    title: "mariadb",
    patterns: ["test/e2e/guestbook.test.ts"],
    concurrency: 1,
    timeout: 25 * 60_000,
  },
  {
    title: "repositories",
    patterns: ["test/e2e/repositories.test.ts"],
    concurrency: 1,
    timeout: 75 * 60_000,
  },
  {
    title: "load",
    patterns: ["test/e2e/load.test.ts"],
    concurrency: 1,
    timeout: 30 * 60_000,
  },
  {
    title: "package",
    patterns: ["test/package/*.test.ts"],
    concurrency: 1,
    timeout: 10 * 60_000,
  },
  {
    title: "faults",
    patterns: ["test/faults/*.test.ts"],
    concurrency: 1,
    timeout: 45 * 60_000,
  },
  {
    title: "kill",
    patterns: ["test/kill/*.test.ts"],
    concurrency: 1,
    timeout: 90 * 60_000,
  },
];

/** What needs Docker and Terraform; one file at a time, since they share the machine. */
export const journeys: Suite = {
  title: "journeys",
  patterns: ["packages/freehold/src/**/*.{docker,terraform}.test.ts", "test/e2e/**/*.test.ts"],
  exclude: proofs.flatMap((one) => one.patterns),
  concurrency: 1,
  timeout: 22 * 60_000,
};
