import { hostname, userInfo } from "node:os";
import type { PlaceOf, Ports, QuestionKind } from "../engine/ports.ts";
import { createAws } from "./aws.ts";
import { boundaryOf } from "./boundary.ts";
import { certificateAuthorities } from "./certificates.ts";
import { createClock } from "./clock.ts";
import { createDocker } from "./docker.ts";
import { createEnvironments, type Variables } from "./environment.ts";
import { createFiles } from "./files.ts";
import { createGit } from "./git.ts";
import { createHostCommands } from "./host-commands.ts";
import type { LocalAws } from "./local-aws.ts";
import { localEndpoint } from "./local-clients.ts";
import { createProcesses } from "./processes.ts";
import { trustedPath } from "./programs.ts";
import { createQuestions, type Terminal } from "./questions.ts";
import { createTemporary } from "./temporary.ts";
import { createTerraform } from "./terraform.ts";
import { createWork } from "./work.ts";

export interface PortsRequest {
  /** Folder of the first Compose file, absolute. */
  readonly project: string;
  readonly placeOf: PlaceOf;
  readonly region: string;
  /** The person's, as this process has it. */
  readonly environment: Variables;
  /** Undefined where AWS itself is meant. */
  readonly local?: LocalAws;
  readonly pid: number;
  /** Kinds of questions that are answered yes without being asked. */
  readonly answered: readonly QuestionKind[];
  /** Digests of commands of the file that may run on this machine (`--trust`). */
  readonly pinned: readonly string[];
  /** Undefined where nobody can be asked. */
  readonly terminal?: Terminal;
  /** Aborted when the person interrupts: programs that run are asked to stop, and waited for. */
  readonly interrupt?: AbortSignal;
}

/** The real outside. */
export function createPorts(request: PortsRequest): Ports {
  const { environment, local, pid, interrupt } = request;
  const { root } = boundaryOf(request.project);
  const PATH = trustedPath(environment["PATH"] ?? "", root);
  const environments = createEnvironments({ ...environment, PATH }, local?.environment);
  const processes = createProcesses(environments.plain);
  const temporary = createTemporary({ pid, processes });
  return {
    aws: createAws(request.region, local && localEndpoint(local.environment)),
    terraform: createTerraform({
      environments,
      root,
      processes,
      ...(interrupt === undefined ? {} : { interrupt }),
    }),
    docker: createDocker({ environments, temporary, ...(interrupt === undefined ? {} : { interrupt }) }),
    git: createGit(environments.plain),
    files: createFiles(request.project, request.placeOf),
    hostCommands: createHostCommands(request),
    work: createWork({ environment, pid, processes }),
    clock: createClock(),
    questions: createQuestions(request),
    certificates: () => certificateAuthorities(environments.terraform["AWS_CA_BUNDLE"]),
    processes,
    runner: { user: userInfo().username, host: hostname(), pid },
  };
}
