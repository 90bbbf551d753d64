import { splitWords } from "../../config/shell-words.ts";
import type { Folder } from "../repository.ts";

/** What a Dockerfile says of the container it makes. */
export interface DockerfileFacts {
  /** Path in its folder. */
  readonly file: string;
  /** The first TCP port of the last stage that exposes one. */
  readonly port?: number;
  readonly command?: readonly string[];
  readonly stages: readonly string[];
}

/** The Dockerfile of a folder: `Dockerfile`, else the one for production. */
export function dockerfileOf(folder: Folder): DockerfileFacts | undefined {
  const names = ["Dockerfile", "Dockerfile.production", "Dockerfile.prod", "docker/Dockerfile"];
  const file = names.find((name) => folder.files.has(name));
  return file === undefined ? undefined : readDockerfile(file, folder.text(file) ?? "");
}

function readDockerfile(file: string, text: string): DockerfileFacts {
  const lines = instructions(text);
  const last = lines.findLastIndex(([name]) => name === "FROM");
  const port = lines.findLast(([name, rest]) => name === "EXPOSE" && /^\d+(?:\/tcp)?\b/.test(rest))?.[1];
  const command = lines.slice(last + 1).findLast(([name]) => name === "CMD")?.[1];
  const stages = lines.flatMap(([name, rest]) =>
    name === "FROM" ? (/\sas\s+(\S+)/i.exec(rest)?.[1] ?? []) : [],
  );
  return {
    file,
    stages,
    ...(port === undefined ? {} : { port: Number.parseInt(port, 10) }),
    ...(command === undefined ? {} : { command: argvOf(command) }),
  };
}

/** Name and rest of each instruction; lines joined by a backslash are one. */
function instructions(text: string): readonly (readonly [string, string])[] {
  return text
    .replaceAll(/^\s*#.*$/gm, "")
    .replaceAll(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .flatMap((line) => {
      const match = /^\s*([a-z]+)\s+(.*?)\s*$/i.exec(line);
      return match === null ? [] : [[(match[1] ?? "").toUpperCase(), match[2] ?? ""] as const];
    });
}

function argvOf(command: string): readonly string[] {
  const words = /^\[.*\]$/.test(command)
    ? [...command.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = ""]) => word)
    : undefined;
  return words ?? splitWords(command) ?? [command];
}
