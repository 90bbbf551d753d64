import { hostname, userInfo } from "node:os";
import type { PlaceOf, Ports } from "../engine/ports.ts";
import { createAws } from "./aws.ts";
import { certificateAuthorities } from "./certificates.ts";
import { createClock } from "./clock.ts";
import { createDocker } from "./docker.ts";
import { createFiles } from "./files.ts";
import { createGit } from "./git.ts";
import { createProcesses } from "./processes.ts";
import { createQuestions, type Terminal } from "./questions.ts";
import { createTerraform } from "./terraform.ts";

export interface PortsRequest {
  /** Folder of the first Compose file, absolute. */
  readonly project: string;
  readonly placeOf: PlaceOf;
  readonly region: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly isYes: boolean;
  /** Undefined where nobody can be asked. */
  readonly terminal?: Terminal;
  /** Aborted when the person interrupts: programs that run are asked to stop, and waited for. */
  readonly interrupt?: AbortSignal;
}

/** The real outside. */
export function createPorts(request: PortsRequest): Ports {
  const { environment, pid, interrupt } = request;
  const processes = createProcesses();
  return {
    aws: createAws(request.region),
    terraform: createTerraform({
      environment,
      pid,
      processes,
      ...(interrupt === undefined ? {} : { interrupt }),
    }),
    docker: createDocker(environment, interrupt),
    git: createGit(),
    files: createFiles(request.project, request.placeOf),
    clock: createClock(),
    questions: createQuestions(request.isYes, request.terminal),
    certificates: () => certificateAuthorities(environment["AWS_CA_BUNDLE"]),
    processes,
    runner: { user: userInfo().username, host: hostname(), pid },
  };
}
