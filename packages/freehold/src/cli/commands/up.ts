import { up as bringUp, type UpResult } from "../../engine/up.ts";
import { withEnvironment } from "../environment-session.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";

export async function up(environment: string | undefined, options: CommonOptions): Promise<void> {
  const result = await withEnvironment({ verb: "up", environment, options }, ({ request, ports, emit }) =>
    bringUp(request, ports, emit),
  );
  if (options.json !== true) print(describe(result));
}

function describe(result: UpResult): readonly string[] {
  const release = result.isNewRelease
    ? `release ${result.release} is live`
    : `release ${result.release} was live already`;
  const changes =
    result.changes === 0 ? "nothing to change in the account" : `${result.changes} changes in the account`;
  return [`${result.environment}: ${release}; ${changes}`, ...(result.url === undefined ? [] : [result.url])];
}
