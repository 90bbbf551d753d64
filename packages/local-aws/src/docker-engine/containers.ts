import type { Readable } from "node:stream";
import type * as z from "zod";
import * as answers from "./answers.ts";
import type { Transport } from "./transport.ts";

export interface Mount {
  readonly Type: "bind" | "volume";
  readonly Source: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly VolumeOptions?: { readonly NoCopy?: boolean; readonly Subpath?: string };
}

/** https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerCreate */
export interface ContainerCreation {
  /** Docker makes one up where there is none. */
  readonly name?: string;
  readonly Image: string;
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  /** `NAME=value` */
  readonly Env?: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly OpenStdin?: boolean;
  /** Times in nanoseconds. */
  readonly Healthcheck?: {
    readonly Test: readonly string[];
    readonly Interval: number;
    readonly Timeout: number;
    readonly Retries: number;
    readonly StartPeriod: number;
  };
  readonly HostConfig: HostConfig;
  readonly NetworkingConfig?: {
    readonly EndpointsConfig: Readonly<Record<string, { readonly Aliases: readonly string[] }>>;
  };
}

interface HostConfig {
  readonly NetworkMode: string;
  readonly Mounts?: readonly Mount[];
  readonly NanoCpus?: number;
  readonly CpuShares?: number;
  /** Bytes, as are the two others. */
  readonly Memory?: number;
  readonly MemorySwap?: number;
  readonly MemoryReservation?: number;
  readonly ShmSize?: number;
  readonly ReadonlyRootfs?: boolean;
  readonly Init?: boolean;
  readonly SecurityOpt?: readonly string[];
  readonly CapAdd?: readonly string[];
  readonly CapDrop?: readonly string[];
  readonly Tmpfs?: Readonly<Record<string, string>>;
  readonly Ulimits?: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
  readonly VolumesFrom?: readonly string[];
  readonly Dns?: readonly string[];
  readonly ExtraHosts?: readonly string[];
  readonly LogConfig?: { readonly Type: string; readonly Config: Readonly<Record<string, string>> };
}

export interface ExecCreation {
  readonly Cmd: readonly string[];
  /** `NAME=value` */
  readonly Env: readonly string[];
}

export interface LogsAsked {
  readonly follow: boolean;
  readonly timestamps?: boolean;
  /** Of the last lines. */
  readonly tail?: number;
  readonly signal?: AbortSignal;
}

/** One container; those that are not there answer with a DockerError of status 404. Output comes in frames (`frames.ts`). */
export interface Container {
  readonly id: string;
  start(): Promise<void>;
  /** Its stop signal, then SIGKILL after `t` seconds. One that has ended is no error. */
  stop(asked: { readonly t: number }): Promise<void>;
  kill(): Promise<void>;
  pause(): Promise<void>;
  unpause(): Promise<void>;
  /** With its anonymous volumes, running or not. */
  remove(): Promise<void>;
  inspect(): Promise<z.output<typeof answers.containerState>>;
  /** Resolves at its end. */
  wait(): Promise<z.output<typeof answers.waited>>;
  logs(asked: LogsAsked): Promise<Readable>;
  /** Its output from now on. */
  attach(): Promise<Readable>;
  /** Docker's figures of one moment, as Docker says them. */
  stats(): Promise<unknown>;
  /** Unpacks a tar archive into a folder of it. */
  putArchive(archive: Buffer, asked: { readonly path: string }): Promise<void>;
  /** Whether there is something at a path. */
  hasPath(path: string): Promise<boolean>;
  /** Starts a command and gives its output; `code` is its exit code once that has been read. */
  exec(creation: ExecCreation): Promise<{ readonly output: Readable; code(): Promise<number | undefined> }>;
}

export interface Containers {
  create(creation: ContainerCreation): Promise<Container>;
  get(id: string): Container;
}

export function createContainers(transport: Transport): Containers {
  return {
    create: async ({ name, ...creation }) => {
      const answer = await transport.json({
        method: "POST",
        path: "/containers/create",
        query: { name },
        json: creation,
      });
      return containerOf(transport, answers.identified.parse(answer).Id);
    },
    get: (id) => containerOf(transport, id),
  };
}

function containerOf({ read, json, stream }: Transport, id: string): Container {
  const at = (part: string): string => `/containers/${encodeURIComponent(id)}${part}`;
  const post = async (part: string, query = {}): Promise<void> =>
    void (await read({ method: "POST", path: at(part), query }));
  return {
    id,
    start: () => post("/start"),
    stop: ({ t }) => post("/stop", { t }).catch(unless(304)),
    kill: () => post("/kill", { signal: "SIGKILL" }),
    pause: () => post("/pause"),
    unpause: () => post("/unpause"),
    remove: async () =>
      void (await read({ method: "DELETE", path: at(""), query: { force: true, v: true } })),
    inspect: async () => answers.containerState.parse(await json({ method: "GET", path: at("/json") })),
    wait: async () => answers.waited.parse(await json({ method: "POST", path: at("/wait") })),
    logs: ({ signal, ...asked }) =>
      stream({
        method: "GET",
        path: at("/logs"),
        query: { ...asked, stdout: true, stderr: true },
        ...(signal && { signal }),
      }),
    attach: () =>
      stream({ method: "POST", path: at("/attach"), query: { stream: true, stdout: true, stderr: true } }),
    stats: () => json({ method: "GET", path: at("/stats"), query: { stream: false, "one-shot": true } }),
    putArchive: async (archive, query) =>
      void (await read({ method: "PUT", path: at("/archive"), query, archive })),
    hasPath: async (path) => {
      const found = await read({ method: "HEAD", path: at("/archive"), query: { path } }).catch(unless(404));
      return found !== undefined;
    },
    exec: async (creation) => {
      const both = { AttachStdout: true, AttachStderr: true };
      const made = await json({ method: "POST", path: at("/exec"), json: { ...creation, ...both } });
      const path = `/exec/${answers.identified.parse(made).Id}`;
      const output = await stream({
        method: "POST",
        path: `${path}/start`,
        json: { Detach: false, Tty: false },
      });
      const code = async () =>
        answers.execState.parse(await json({ method: "GET", path: `${path}/json` })).ExitCode ?? undefined;
      return { output, code };
    },
  };
}

/** An answer with this status is no failure. */
function unless(status: number): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Error && "statusCode" in error && error.statusCode === status) return undefined;
    throw error;
  };
}
