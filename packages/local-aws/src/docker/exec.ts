import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import type Dockerode from "dockerode";

export interface ExecRequest {
  readonly argv: readonly string[];
  /** For what must not be seen among the arguments. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ExecResult {
  readonly code: number;
  /** What it printed, on both streams. */
  readonly output: string;
}

/** Runs a command in a running container and waits for its end. */
export async function exec(docker: Dockerode, container: string, request: ExecRequest): Promise<ExecResult> {
  const started = await docker.getContainer(container).exec({
    Cmd: [...request.argv],
    Env: Object.entries(request.env ?? {}).map(([name, value]) => `${name}=${value}`),
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await started.start({});
  const chunks: Buffer[] = [];
  const output = new PassThrough();
  output.on("data", (chunk: Buffer) => chunks.push(chunk));
  docker.modem.demuxStream(stream, output, output);
  await finished(stream, { writable: false });
  const { ExitCode } = await started.inspect();
  return { code: ExitCode ?? 1, output: Buffer.concat(chunks).toString("utf8") };
}
