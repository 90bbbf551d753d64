import { join } from "node:path";
import { type HostileRepository, put, works } from "../repository.ts";
import type { Trap } from "../trap.ts";

const programs = [
  "docker",
  "git",
  "sh",
  "ps",
  "python",
  "python3",
  "terraform",
  "tofu",
  "moto_server",
  "docker-buildx",
];

/** Modules that Python takes from the folder it is started in. */
const modules = ["moto", "botocore", "flask", "werkzeug", "boto3", "sitecustomize", "usercustomize", "json"];

/** Programs and modules that are found because of where they are. */
export const programRepositories: readonly HostileRepository[] = [
  {
    what: "programs where the PATH finds them first",
    plant: async (project, trap) => {
      for (const folder of ["", "bin", "node_modules/.bin"]) await plantPrograms(join(project, folder), trap);
    },
    path: (project) => [
      "",
      ".",
      "node_modules/.bin",
      join(project, "node_modules/.bin"),
      join(project, "bin"),
    ],
    outcomes: { check: works, plan: works, up: works },
  },
  {
    what: "settings of npm and Node",
    plant: (project, trap) =>
      put(project, {
        ".npmrc": `script-shell=./sh\nnode-options=--require=./proof.cjs\n`,
        "proof.cjs": commonJs(trap, "node"),
        "package.json": JSON.stringify({ type: "commonjs", imports: { "#x": "./proof.cjs" } }),
        "node_modules/@freehold/local-aws/package.json": JSON.stringify({
          name: "@freehold/local-aws",
          main: "x.cjs",
        }),
        "node_modules/@freehold/local-aws/x.cjs": commonJs(trap, "local-aws"),
        "node_modules/@freehold/local-aws/bin/local-aws.mjs": esModule(trap, "local-aws-bin"),
      }),
    outcomes: { check: works, plan: works },
  },
];

/** Adds modules that Python would load in place of its own and moto's. */
export function plantModules(project: string, trap: Trap): Promise<void> {
  const text = (name: string) =>
    `import subprocess\nsubprocess.run(["sh", "-c", ${JSON.stringify(trap.proof(`python-${name}`))}])\n`;
  return put(
    project,
    Object.fromEntries([
      ...modules.map((name) => [`${name}.py`, text(name)]),
      ["pyvenv.cfg", "home = .\n"],
      [".python-version", "hostile\n"],
    ]),
  );
}

async function plantPrograms(folder: string, trap: Trap): Promise<void> {
  for (const name of programs) await trap.program(join(folder, name));
}

function commonJs(trap: Trap, name: string): string {
  return `require("node:child_process").execSync(${JSON.stringify(trap.proof(name))});\n`;
}

function esModule(trap: Trap, name: string): string {
  return `import { execSync } from "node:child_process";\nexecSync(${JSON.stringify(trap.proof(name))});\n`;
}
