import { splitWords } from "../../config/shell-words.ts";
import type { Folder } from "../repository.ts";

/** What a Dockerfile says of the container it makes. */
export interface DockerfileFacts {
  /** Path in its folder. */
  readonly file: string;
  /** The first TCP port of the last stage that exposes one. */
  readonly port?: number;
  /** In their order; without a target the last is what is built. */
  readonly stages: readonly Stage[];
}

interface Stage {
  readonly name?: string;
  /** Image it begins with, or an earlier stage. */
  readonly base: string;
  /** Its own `CMD`. */
  readonly command?: readonly string[];
}

/** The Dockerfile of a folder: the one that is named, else `Dockerfile`, else the one for production. */
export function dockerfileOf(folder: Folder, named?: string): DockerfileFacts | undefined {
  const names = [
    ...(named === undefined ? [] : [named]),
    "Dockerfile",
    "Dockerfile.production",
    "Dockerfile.prod",
    "docker/Dockerfile",
  ];
  const file = names.find((name) => folder.files.has(name));
  return file === undefined ? undefined : readDockerfile(file, folder.text(file) ?? "");
}

/** @param file path in its folder. */
export function readDockerfile(file: string, text: string): DockerfileFacts {
  const lines = instructions(text);
  const port = lines.findLast(([name, rest]) => name === "EXPOSE" && /^\d+(?:\/tcp)?\b/.test(rest))?.[1];
  const starts = lines.flatMap(([name], index) => (name === "FROM" ? [index] : []));
  const stages = starts.map((start, index) => stageOf(lines.slice(start, starts[index + 1])));
  return { file, stages, ...(port === undefined ? {} : { port: Number.parseInt(port, 10) }) };
}

function stageOf([from, ...lines]: ReturnType<typeof instructions>): Stage {
  const [, base = "", name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(from?.[1] ?? "") ?? [];
  const command = lines.findLast(([instruction]) => instruction === "CMD")?.[1];
  return {
    base,
    ...(name === undefined ? {} : { name }),
    ...(command === undefined ? {} : { command: argvOf(command) }),
  };
}

/** Name and rest of each instruction; lines joined by a backslash are one. */
function instructions(text: string): readonly (readonly [string, string])[] {
  return text
    .replaceAll(/^[ \t]*#.*$/gm, "")
    .replaceAll(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .flatMap((line) => {
      const match = /^([a-z]+)\s+(.*)$/i.exec(line.trim());
      return match === null ? [] : [[(match[1] ?? "").toUpperCase(), match[2] ?? ""] as const];
    });
}

function argvOf(command: string): readonly string[] {
  const words = /^\[.*\]$/.test(command)
    ? [...command.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = ""]) => word)
    : undefined;
  return words ?? splitWords(command) ?? [command];
}
