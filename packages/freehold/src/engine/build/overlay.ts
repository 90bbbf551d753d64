import type { ContainerService, Environment } from "../../app/application.ts";
import { authoritiesPath } from "../../app/authorities.ts";
import type { ConfigFile } from "../../app/config-file.ts";
import { valueDigest } from "../input-digest.ts";
import type { FilesPort } from "../ports.ts";
import { configPaths } from "./config-paths.ts";

/** What lies over an image: files, each a thin layer, and what asks its process to end. */
export interface Overlay {
  readonly files: readonly OverlayFile[];
  readonly stopSignal?: string;
}

export interface OverlayFile extends Omit<ConfigFile, "content"> {
  readonly content: string | Uint8Array;
}

/** What overlays are made of, read once for a release. */
export interface OverlayContents {
  /** PEM of the certificate authorities. */
  readonly authorities: string;
  /** Files of the project that configs name, by their path in it. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Reads the files of the project that the containers of an environment carry. */
export async function configContents(
  environment: Environment,
  files: FilesPort,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const paths = new Set(environment.services.flatMap(configPaths));
  const read = [...paths].map(
    async (path) => [path, await files.readInput(`${files.project}/${path}`)] as const,
  );
  return new Map(await Promise.all(read));
}

/** Undefined for a service whose image runs as it is. */
export function overlayOf(
  service: ContainerService,
  environment: Environment,
  contents: OverlayContents,
): Overlay | undefined {
  const { configs = [], stopSignal } = service;
  const files = [
    ...(speaksToManaged(service, environment) ? [authoritiesFile(contents.authorities)] : []),
    ...configs.map((config) => ({ ...config, content: contentOf(config, contents) })),
  ];
  if (files.length === 0 && stopSignal === undefined) return undefined;
  return { files, ...(stopSignal === undefined ? {} : { stopSignal }) };
}

/** Databases and caches present certificates of authorities that images do not carry. */
function speaksToManaged({ uses }: ContainerService, { resources }: Environment): boolean {
  return resources.some(({ type, name }) => (type === "database" || type === "cache") && uses.includes(name));
}

function authoritiesFile(content: string): OverlayFile {
  return { path: authoritiesPath, content, mode: 0o444, owner: { user: 0, group: 0 } };
}

function contentOf({ content }: ConfigFile, { files }: OverlayContents): string | Uint8Array {
  return content.kind === "text" ? content.text : (files.get(content.path) ?? "");
}

/** Equal digests mean that the same lies over an image. */
export function overlayDigest({ files, stopSignal }: Overlay): string {
  const told = files.map(({ content, ...file }) => ({
    ...file,
    content: Buffer.from(content).toString("base64"),
  }));
  return valueDigest([told, stopSignal ?? null]);
}

/**
 * Files of a build that lays this over an image, with its Dockerfile
 * (https://docs.docker.com/reference/dockerfile/#copy); user, command and entrypoint stay as they are.
 */
export function overlayBuild(
  original: string,
  { files, stopSignal }: Overlay,
): Readonly<Record<string, string | Uint8Array>> {
  const copies = files.map(({ path, mode, owner }, index) => {
    const options = `--chown=${owner.user}:${owner.group} --chmod=${mode.toString(8).padStart(3, "0")}`;
    return `COPY ${options} ${JSON.stringify([String(index), path])}`;
  });
  const signal = stopSignal === undefined ? [] : [`STOPSIGNAL ${stopSignal}`];
  const contents = files.map(({ content }, index): [string, string | Uint8Array] => [String(index), content]);
  return {
    ...Object.fromEntries(contents),
    Dockerfile: `${[`FROM ${original}`, ...copies, ...signal].join("\n")}\n`,
  };
}
