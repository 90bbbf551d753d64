import assert from "node:assert/strict";
import type { Application, ContainerService, Environment } from "../../app/application.ts";
import type { Disk } from "../disk.ts";
import { parseApplication } from "../parse.ts";
import type { SourceFile } from "../source.ts";

/** One Compose file, read with these variables of the shell. */
export function parse(
  text: string,
  variables: Readonly<Record<string, string>> = {},
  disk?: Disk,
  namedFiles: readonly SourceFile[] = [],
): Application {
  const around = { folder: "Shop 1", variables, namedFiles, ...(disk === undefined ? {} : { disk }) };
  return parseApplication([{ path: "f", text }], around);
}

/** The only environment of a file. */
export function environmentOf(text: string, variables: Readonly<Record<string, string>> = {}): Environment {
  const environment = parse(text, variables).collections[0]?.environments[0];
  assert.ok(environment !== undefined);
  return environment;
}

/** The container service `a` of a file. */
export function serviceOf(text: string, variables: Readonly<Record<string, string>> = {}): ContainerService {
  const service = environmentOf(text, variables).services.find(({ name }) => name === "a");
  assert.ok(service !== undefined && service.type !== "site");
  return service;
}

export function notesOf(text: string): readonly string[] {
  return parse(text).notes.map(({ subject, message }) => `${subject}: ${message}`);
}
