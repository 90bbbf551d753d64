import type { Place } from "../../../errors.ts";
import type { Mount } from "../../compose/volumes.ts";
import { type Disk, isNamedLikeFile, type OnDisk } from "../../disk.ts";
import type { Findings } from "../../findings.ts";
import { projectPath } from "../../paths.ts";
import { type Content, demandFile } from "./config-content.ts";

type Bind = Extract<Mount, { kind: "bind" }>;

/** A service with a bind mount. */
export interface Binder {
  /** `services.api.volumes`. */
  readonly subject: string;
  /** Of the mount. */
  readonly place: Place;
  /** Folder that its image is built from; undefined for an image that is pulled. */
  readonly context?: string | undefined;
}

/** What a bind mount brings: a file that is carried, or nothing. */
export interface BoundFile extends Content {
  readonly target: string;
  readonly isExecutable: boolean;
}

/**
 * The file that a bind mount brings into a container, which AWS carries as a config. Of what else is bind-mounted at home the user
 * is told what becomes; undefined then.
 */
export function boundFile(
  { source, target }: Bind,
  binder: Binder,
  disk: Disk,
  findings: Findings,
): BoundFile | undefined {
  const { subject, place } = binder;
  const note = (message: string) => void findings.note(subject, message);
  if (source.endsWith("docker.sock")) {
    const message = "Fargate has no Docker socket";
    const hint = "give the service `x-freehold.type: ignore`, as `freehold init` proposes";
    return void findings.problem({ code: "volume", subject, message, hint, place });
  }
  const path = projectPath(source.replaceAll("\\", "/"));
  const isInside = path !== undefined && !path.startsWith("..");
  const found: OnDisk = isInside ? disk(path) : { kind: "outside" };
  if (found.kind === "folder") return note(folderNote(source, target, path ?? "", binder));
  if (isOfHost(source, found)) return note(`${source} is not mounted on AWS: it is no part of the project`);
  if (found.kind === "missing" && !isNamedLikeFile(source))
    return note(
      `${source} is not mounted on AWS: it is missing, and Docker would make an empty folder of it`,
    );
  if (isDatabase(source)) return note(databaseNote(source));
  if (!demandFile(source, found, { subject, place }, findings)) return undefined;
  const content = { kind: "file", path: path ?? "" } as const;
  return { target, content, text: found.text ?? "", isExecutable: found.isExecutable };
}

/** Sockets and devices, and what lies outside of the project and is no file by its name. */
function isOfHost(source: string, found: OnDisk): boolean {
  if (found.kind === "other") return true;
  if (found.kind !== "outside") return false;
  return (
    !isNamedLikeFile(source) || /^\/(?:dev|proc|run|sys|tmp|var)\//.test(source) || /\.sock$/.test(source)
  );
}

function isDatabase(source: string): boolean {
  return /\.(?:db|sqlite3?|mdb|rdb)$/i.test(source);
}

function databaseNote(source: string): string {
  return `${source} is not carried to AWS: it holds data; what the container writes lasts in a named volume`;
}

/** Whether the image has what lies there can be known only of one that is built from the folder around it. */
function folderNote(source: string, target: string, path: string, { context }: Binder): string {
  const start = `${source} is not mounted on AWS`;
  if (context !== undefined && isWithin(path, context))
    return `${start}: the image carries what ${target} holds`;
  const image = context === undefined ? "an image that is pulled" : `an image that is built from ${context}`;
  return `${start}, and ${image} does not carry it: mount its files one by one, which carries them, \`COPY\` it to ${target} in a \`dockerfile_inline\`, or keep data that lasts in a named volume`;
}

function isWithin(path: string, context: string): boolean {
  return context === "." ? !path.startsWith("..") : path === context || path.startsWith(`${context}/`);
}
