import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "../e2e/eventually.ts";
import type { FileWatch } from "./file-watch.ts";
import { type Piece, type Place, piece } from "./piece.ts";
import type { ProcessWatch } from "./process-watch.ts";
import type { ProgramRecords } from "./program-records.ts";

const start = promisify(execFile);

/** What a folder has held, by the names of its files; planted in one that is there for a moment only. */
export function filePlaces(folder: string, files: FileWatch): readonly Place[] {
  const named = (name: string, pattern: RegExp, file: string, pack: Pack): Place => ({
    name,
    read: async () => files.pieces().filter(({ where }) => pattern.test(where)),
    plant: async (text) => {
      const path = join(folder, file);
      await mkdir(dirname(path), { recursive: true });
      await pack(path, text);
      await eventually(10, async () => files.has(file), Boolean);
      await rm(path);
    },
  });
  return [
    named("Terraform's plan files", /plan\.bin$/, "work/plan.bin", zipFile),
    named("the rendered JSON", /\.tf\.json$/, "work/main.tf.json", writeFile),
    named("Terraform's logs", /\.log$/, "work/apply.log", writeFile),
    named("other working files", /^(?!.*(?:plan\.bin|\.tf\.json|\.log)$)/, "work/other", writeFile),
  ];
}

export function temporaryPlace(folder: string, files: FileWatch): Place {
  const [first] = filePlaces(folder, files).slice(-1);
  return {
    name: "temporary folders",
    read: async () => files.pieces(),
    plant: first?.plant ?? (async () => {}),
  };
}

type Pack = (path: string, text: string) => Promise<void>;

/** Python comes with moto. */
async function zipFile(path: string, text: string): Promise<void> {
  const script =
    "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED).writestr('tfplan', sys.argv[2])";
  await start("python3", ["-c", script, path, text]);
}

/** A program that is on the recorded PATH, and ends at once. */
type Started = (words: readonly string[], environment: Readonly<Record<string, string>>) => Promise<void>;

export function processPlaces(
  processes: ProcessWatch,
  programs: ProgramRecords,
  mark: readonly [name: string, value: string],
): readonly Place[] {
  const recorded: Started = async (words, environment) => {
    const env = { ...process.env, ...environment };
    await start(join(programs.bin, "docker"), ["--version", ...words], { env });
  };
  const seen: Started = async (words, environment) => {
    const env = { ...process.env, [mark[0]]: mark[1], ...environment };
    await start(process.execPath, ["-e", "setTimeout(() => {}, 4000)", ...words], { env });
  };
  const place = (
    name: string,
    read: () => readonly Piece[] | Promise<readonly Piece[]>,
    plant: Place["plant"],
  ) => ({
    name,
    read: async () => read(),
    plant,
  });
  return [
    place("arguments of terraform and docker", programs.arguments, (text) => recorded([text], {})),
    place("environments of terraform and docker", programs.environments, (text) =>
      recorded([], { TOKEN: text }),
    ),
    place("arguments of every process", processes.arguments, (text) => seen([text], {})),
    place("environments of every process that freehold starts", processes.environments, (text) =>
      seen([], { TOKEN: text }),
    ),
  ];
}

/** What the verbs have shown, in one of the forms they have. */
export function shownPlace(name: string, shown: readonly Piece[], plant: Place["plant"]): Place {
  return { name, read: async () => shown.map(({ where, content }) => piece(where, content)), plant };
}
