import { run as runOnce } from "../../engine/run.ts";
import { withEnvironment } from "../environment-session.ts";
import type { EnvironmentOptions } from "../options.ts";

export async function run(
  service: string,
  command: readonly string[],
  options: EnvironmentOptions,
): Promise<void> {
  const { exitCode } = await withEnvironment(
    { verb: "run", environment: options.environment, options, output: "raw" },
    ({ request, ports, emit }) => runOnce({ ...request, service, command }, ports, emit),
  );
  process.exitCode = exitCode;
}
