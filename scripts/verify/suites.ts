import type { Check } from "./run-command.ts";
import type { Suite } from "./run-tests.ts";

export const checks: readonly Check[] = [
  { title: "format and lint", command: ["biome", "ci", "--error-on-warnings", "."] },
  { title: "types", command: ["tsc", "-p", "."] },
  { title: "no dead code", command: ["knip", "--no-progress"] },
  { title: "generated types", command: ["node", "scripts/generate-resources.ts", "--check"] },
  { title: "generated reference", command: ["node", "scripts/generate-reference.ts", "--check"] },
];

export const unitTests: Suite = {
  title: "unit tests",
  patterns: ["packages/*/{src,test}/**/*.test.ts", "test/house/*.test.ts"],
  exclude: ["packages/*/{src,test}/**/*.{docker,terraform}.test.ts"],
  concurrency: 2,
  timeout: 120_000,
};

/** What needs Docker and Terraform; one file at a time, since they share the machine. */
export const journeys: Suite = {
  title: "journeys",
  patterns: ["packages/freehold/src/**/*.{docker,terraform}.test.ts", "test/e2e/**/*.test.ts"],
  concurrency: 1,
  timeout: 22 * 60_000,
};

/** local-aws alone, driven by Docker, Terraform and the SDK: `npm run test:local-aws`. */
export const localAwsProofs: Suite = {
  title: "local-aws",
  patterns: ["packages/local-aws/test/*.{docker,terraform}.test.ts"],
  concurrency: 1,
  timeout: 15 * 60_000,
};
