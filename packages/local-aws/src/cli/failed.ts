import { DockerMissing } from "../docker/docker.ts";
import { FolderNotOurs, PortTaken } from "../front-door/listen.ts";
import { MotoMissing } from "../moto/find-python.ts";
import { MotoFailed } from "../moto/moto.ts";
import { StoreError } from "../store/store.ts";

/** What whoever started us can mend. */
const mendable = [DockerMissing, MotoMissing, MotoFailed, FolderNotOurs, PortTaken, StoreError];

/** The line to print for an error, and the exit code: 1 where the user can mend it, 70 where we are at fault. */
export function explain(error: unknown): { readonly message: string; readonly code: number } {
  if (mendable.some((kind) => error instanceof kind) && error instanceof Error) {
    return { message: error.message, code: 1 };
  }
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 70 };
}

export function failed(message: string, code = 1): void {
  console.error(`local-aws: ${message}`);
  process.exitCode = code;
}
