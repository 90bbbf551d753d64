import type { Engine } from "../docker-engine/engine.ts";
import { framesIn } from "../docker-engine/frames.ts";

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
export async function exec(docker: Engine, container: string, request: ExecRequest): Promise<ExecResult> {
  const { output, code } = await docker.getContainer(container).exec({
    Cmd: [...request.argv],
    Env: Object.entries(request.env ?? {}).map(([name, value]) => `${name}=${value}`),
  });
  const chunks: Buffer[] = [];
  for await (const { bytes } of framesIn(output)) chunks.push(bytes);
  return { code: (await code()) ?? 1, output: Buffer.concat(chunks).toString("utf8") };
}
