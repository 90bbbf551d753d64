import { Readable, Writable } from "node:stream";
import { runCommandLine } from "../command-line.ts";

/** Where a command is called: all that it can know of. */
export interface Place {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What stands on standard input. */
  readonly input?: string;
}

/** What a command said, as of a process. */
export interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Calls the command line in this process, one call at a time: what loading takes is paid once for many calls. Of what a true
 * process does besides - its start, its pipes - `bin/freehold.mjs` itself has to be asked.
 */
export async function callFreehold(
  words: readonly string[],
  { folder, environment, input = "" }: Place,
): Promise<Said> {
  const [stdout, stderr] = [createListener(), createListener()];
  const restore = [
    swapEnvironment(environment),
    swapFolder(folder),
    swap("stdin", Readable.from([input])),
    swap("stdout", stdout.stream),
    swap("stderr", stderr.stream),
    swapExitCode(),
  ];
  try {
    await runCommandLine(words);
    return { status: Number(process.exitCode ?? 0), stdout: stdout.heard(), stderr: stderr.heard() };
  } finally {
    for (const one of restore) one();
  }
}

function createListener(): { readonly stream: Writable; heard(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, heard: () => Buffer.concat(chunks).toString("utf8") };
}

function swap(name: "stdin" | "stdout" | "stderr", value: Readable | Writable): () => void {
  const found = Object.getOwnPropertyDescriptor(process, name) ?? {};
  Object.defineProperty(process, name, { value, configurable: true });
  return () => Object.defineProperty(process, name, found);
}

function swapExitCode(): () => void {
  const found = process.exitCode;
  process.exitCode = undefined;
  return () => {
    process.exitCode = found;
  };
}

function swapEnvironment(environment: Place["environment"]): () => void {
  const found = { ...process.env };
  setEnvironment(environment);
  return () => setEnvironment(found);
}

/** The environment stays the same object, of which the system is told as well. */
function setEnvironment(environment: Place["environment"]): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) process.env[name] = value;
}

function swapFolder(folder: string): () => void {
  const found = process.cwd();
  process.chdir(folder);
  return () => process.chdir(found);
}
