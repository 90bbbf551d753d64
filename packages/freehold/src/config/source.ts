/** A file the caller has read; `path` is what errors show. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Looked for in this order in the project folder; the first that exists is the application. */
export const composeFileNames = [
  "freehold.yml",
  "compose.yaml",
  "compose.yml",
  "docker-compose.yaml",
  "docker-compose.yml",
] as const;

/** Files of other tools, looked for after those; `adapters/` says how they are read. */
export const foreignFileNames = ["cnc.yml", "coherence.yml", "copilot/.workspace"] as const;

/** Read beside the Compose file where it exists; its values lose against the shell's. */
export const interpolationFileName = ".env";

/**
 * What lies over a Compose file for Freehold alone: `compose.freehold.yaml` over `compose.yaml`, named as Compose names
 * `compose.override.yaml`. `docker compose` does not read it, and only `freehold` does unasked.
 */
export function overlayNameOf(file: string): string {
  return file.replace(/(\.ya?ml)$/, ".freehold$1");
}
