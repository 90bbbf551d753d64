import { composeOf, ends, type HostileRepository, put, works } from "../repository.ts";

const obeyed = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e";
const quoted = (text: string) => JSON.stringify(text);

/** Texts that a terminal obeys, that programs take for options, or that take long to read. */
export const textRepositories: readonly HostileRepository[] = [
  {
    what: "keys and values that a terminal obeys",
    compose: composeOf(
      `    ${quoted(`unknown${obeyed}`)}: 1\n    labels: { ${quoted(obeyed)}: ${quoted(obeyed)} }\n`,
      `  ${quoted(`api${obeyed}`)}: { image: ${quoted(`x${obeyed}`)} }\n`,
    ),
    plant: (project) =>
      put(project, { Procfile: `web: echo ${obeyed}\n`, "package.json": `{"name": ${quoted(obeyed)}}` }),
    outcomes: { check: { codes: [1] }, init: ends, import: ends, plan: { codes: [1] } },
  },
  {
    what: "a value that a terminal obeys, in a valid file",
    compose: composeOf(
      `    environment:\n      TITLE: ${quoted(obeyed)}\n    command: ["sleep", "3600", ${quoted(obeyed)}]\n`,
    ),
    plant: async () => {},
    outcomes: { check: ends, init: ends, plan: ends },
  },
  ...["--privileged", "-v/:/x", "--config=./x"].map(
    (image): HostileRepository => ({
      what: `an image named ${image}`,
      compose: composeOf("", `  api: { image: ${quoted(image)} }\n`),
      plant: async () => {},
      outcomes: { check: { codes: [1], screen: /image/ }, plan: { codes: [1] }, up: { codes: [1] } },
    }),
  ),
  {
    what: "lines of blanks and files of empty lines",
    compose: composeOf("    env_file: blanks.env\n"),
    plant: (project) =>
      put(project, {
        "blanks.env": `TITLE=x${" ".repeat(290_000)}y\n`,
        ".env": `OTHER=x${"\t".repeat(290_000)}y\n`,
        ...Object.fromEntries(markers.map((name) => [name, "\n".repeat(250_000)])),
      }),
    outcomes: { check: works, init: ends, import: ends, plan: works },
  },
];

const markers = [
  ...[
    "Procfile",
    "requirements.txt",
    "pyproject.toml",
    "Gemfile",
    "go.mod",
    "Cargo.toml",
    "mix.exs",
    "pom.xml",
  ],
  ...[
    "build.gradle",
    "manage.py",
    "config.ru",
    "main.go",
    "Dockerfile",
    "package.json",
    "app.json",
    "heroku.yml",
  ],
];
