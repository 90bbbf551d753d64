import { symlink } from "node:fs/promises";
import { join } from "node:path";
import {
  composeOf,
  ends,
  type HostileRepository,
  type Outcome,
  put,
  refused,
  type Verb,
} from "../repository.ts";
import type { Trap } from "../trap.ts";

const outside = refused(/outside|leads out|is not in/i);
const refusedAlways: Partial<Record<Verb, Outcome>> = { check: outside, plan: outside, up: outside };

/** Paths that lead to the person's files, by `..`, as an absolute path, or through a link. */
export const linkRepositories: readonly HostileRepository[] = [
  ...(["a link", "an absolute path", "parent folders"] as const).flatMap((way) => [
    named("an env_file", way, (path) => composeOf(`    env_file: ${path}\n`)),
    named("a config file", way, (path) =>
      composeOf("    configs: [stolen]\n", `configs:\n  stolen:\n    file: ${path}\n`),
    ),
    named("an included file", way, (path) => `include: [${path}]\n${composeOf("")}`),
    named("an extended file", way, (path) =>
      composeOf(`    extends:\n      file: ${path}\n      service: x\n`),
    ),
    named("a Dockerfile", way, (path) =>
      composeOf(`    build:\n      context: .\n      dockerfile: ${path}\n`),
    ),
  ]),
  {
    what: "a build context outside, the folder of the credentials",
    compose: composeOf("    build: ../../home/.aws\n"),
    plant: async () => {},
    outcomes: refusedAlways,
  },
  {
    what: "files that a repository is known by, each a link to the credentials",
    plant: async (project, { credentials }) => {
      for (const name of marks) await symlink(credentials, join(project, name));
    },
    outcomes: { check: ends, init: ends, import: ends, plan: ends },
  },
  {
    what: "a Copilot workspace whose manifest is a link to the credentials",
    compose: "",
    plant: async (project, { credentials }) => {
      await put(project, { "copilot/.workspace": "application: harbor\n", "copilot/api/.keep": "" });
      await symlink(credentials, join(project, "copilot/api/manifest.yml"));
    },
    outcomes: { check: { codes: [1] }, init: ends, import: { codes: [1] }, plan: { codes: [1] } },
  },
];

const marks = [
  ...[
    "package.json",
    "Procfile",
    "app.json",
    "heroku.yml",
    "requirements.txt",
    "pyproject.toml",
    "Pipfile",
    "Gemfile",
  ],
  ...[
    "go.mod",
    "Cargo.toml",
    "pom.xml",
    "mix.exs",
    "composer.json",
    "Dockerfile",
    ".env",
    ".env.example",
    "runtime.txt",
  ],
];

type Way = "a link" | "an absolute path" | "parent folders";

function named(what: string, way: Way, compose: (path: string) => string): HostileRepository {
  return {
    what: `${what} outside, by ${way}`,
    plant: async (project, trap) => {
      if (way === "a link") await symlink(trap.credentials, join(project, "inside.txt"));
      await put(project, { "compose.yaml": compose(pathOf(way, trap)) });
    },
    outcomes: refusedAlways,
  };
}

/** The trap's home lies beside the projects. */
function pathOf(way: Way, { credentials }: Trap): string {
  return {
    "a link": "./inside.txt",
    "an absolute path": credentials,
    "parent folders": "../../home/.aws/credentials",
  }[way];
}
