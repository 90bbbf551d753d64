import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine, type Run, transcript } from "../e2e/command-line.ts";
import { freePort } from "../e2e/machine.ts";
import { repository } from "../house/source-files.ts";
import { accountPlaces } from "./account-places.ts";
import type { Canary } from "./canaries.ts";
import { type Endpoint, endpointAt } from "./endpoint.ts";
import { type FileWatch, watchFiles } from "./file-watch.ts";
import { imagePlaces } from "./image-places.ts";
import { filePlaces, processPlaces, shownPlace, temporaryPlace } from "./machine-places.ts";
import { type Piece, type Place, piece } from "./piece.ts";
import { type ProcessWatch, watchProcesses } from "./process-watch.ts";
import { type ProgramRecords, recordPrograms } from "./program-records.ts";

/** How a verb is called: in a terminal, with its output going elsewhere, or with `--json`. */
export const forms = ["terminal", "plain", "json"] as const;
export type Form = (typeof forms)[number];

/** An application on a local-aws of its own, and everything around it that may hold a secret. */
export interface Scene {
  readonly endpoint: Endpoint;
  readonly places: readonly Place[];
  /** Errors: the verb's transcript, when it fails. */
  run(form: Form, args: readonly string[], input?: string): Promise<Run>;
  close(): Promise<void>;
}

interface Watches {
  readonly processes: ProcessWatch;
  readonly programs: ProgramRecords;
  readonly state: FileWatch;
  readonly temporary: FileWatch;
}

const mark = ["FREEHOLD_CANARY", String(process.pid)] as const;

/** A window as wide as no line is long. */
const terminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
const wide = 'stty cols 1000 rows 200; exec "$@"';

const vault = join(repository, "test/e2e/fixtures/vault");

/** What the Compose file's own secret holds at home: it stays there. */
export async function licenseAtHome(): Promise<Canary> {
  return { name: "the license at home", value: (await readFile(join(vault, "license.txt"), "utf8")).trim() };
}

export async function openScene(): Promise<Scene> {
  const scratch = await mkdtemp(join(tmpdir(), "freehold-canary-"));
  const folders = {
    project: join(scratch, "vault"),
    state: join(scratch, "state"),
    temporary: join(scratch, "tmp"),
  };
  const localAws = join(scratch, "local-aws");
  await cp(vault, folders.project, { recursive: true });
  for (const folder of [folders.state, folders.temporary]) await mkdir(folder);
  const port = await freePort();
  const place = { LOCAL_AWS_PORT: String(port), LOCAL_AWS_FOLDER: localAws, XDG_STATE_HOME: folders.state };
  const endpoint = endpointAt(port);
  const watches = await watchAll(scratch, folders);
  // The endpoint is AWS here: it is started outside of what is watched.
  const own = commandLine(folders.project, place);
  await succeed(own.run(["local", "start"]));
  const PATH = `${watches.programs.bin}:${process.env["PATH"]}`;
  const environment = { ...place, PATH, TMPDIR: folders.temporary, [mark[0]]: mark[1] };
  const plain = commandLine(folders.project, environment);
  const inTerminal = commandLine(folders.project, environment, (words) => [
    ...(["python3", "-c", terminal, "sh", "-c", wide, "sh"] as const),
    ...words,
  ]);
  const shown: Record<Form, Piece[]> = { terminal: [], plain: [], json: [] };
  const run: Scene["run"] = async (form, args, input = "") => {
    const options = form === "json" ? ["--local", "--json"] : ["--local"];
    const done = await (form === "terminal" ? inTerminal : plain).run(withOptions(args, options), input);
    shown[form].push(piece(`freehold ${args.join(" ")}`, done.stdout + done.stderr));
    if (done.code !== 0) throw new VerbFailed(`freehold ${args.join(" ")}: ${transcript(done)}`);
    return done;
  };
  const echo = (form: Form) => async (text: string) => {
    await run(form, ["run", "app", "--", "echo", text]);
  };
  return {
    endpoint,
    run,
    places: [
      ...accountPlaces(endpoint, echo("plain")),
      ...imagePlaces(endpoint, join(localAws, "ecr/sha256"), scratch),
      ...filePlaces(folders.state, watches.state),
      temporaryPlace(folders.temporary, watches.temporary),
      ...processPlaces(watches.processes, watches.programs, mark),
      ...forms.map((form) => shownPlace(`what verbs show: ${form}`, shown[form], echo(form))),
    ],
    close: async () => {
      await watches.processes.stop();
      watches.state.close();
      watches.temporary.close();
      await own.run(["local", "reset", "--yes"]);
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** What follows `--` belongs to the container. */
function withOptions(args: readonly string[], options: readonly string[]): readonly string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  return [...args.slice(0, end), ...options, ...args.slice(end)];
}

async function watchAll(
  scratch: string,
  folders: { readonly state: string; readonly temporary: string },
): Promise<Watches> {
  return {
    programs: await recordPrograms(join(scratch, "programs"), ["terraform", "docker"]),
    processes: watchProcesses(mark.join("=")),
    state: watchFiles(folders.state),
    temporary: watchFiles(folders.temporary),
  };
}

async function succeed(running: Promise<Run>): Promise<void> {
  const done = await running;
  if (done.code !== 0) throw new VerbFailed(transcript(done));
}

class VerbFailed extends Error {
  override readonly name = "VerbFailed";
}

/** Every value that Secrets Manager holds, in all versions; what is too short to be a secret is left out. */
export async function secretsOf({ endpoint }: Scene): Promise<readonly Canary[]> {
  const found: Canary[] = [];
  const { SecretList } = Object(await endpoint.secrets("ListSecrets", {}));
  for (const { ARN: SecretId, Name } of SecretList) {
    const { Versions } = Object(
      await endpoint.secrets("ListSecretVersionIds", { SecretId, IncludeDeprecated: true }),
    );
    for (const { VersionId } of Versions) {
      const { SecretString } = Object(await endpoint.secrets("GetSecretValue", { SecretId, VersionId }));
      found.push(...valuesOf(String(Name), String(SecretString)));
    }
  }
  return found.filter(({ value }) => value.length >= 12);
}

function valuesOf(name: string, text: string): readonly Canary[] {
  if (!text.startsWith("{")) return [{ name, value: text }];
  return Object.entries(Object(JSON.parse(text))).map(([field, value]) => ({
    name: `${name}.${field}`,
    value: String(value),
  }));
}
