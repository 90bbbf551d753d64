import { findEnvironment } from "../../app/find.ts";
import { up as bringUp, type UpResult } from "../../engine/up.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";
import { withSession } from "../session.ts";

export async function up(environment: string | undefined, options: CommonOptions): Promise<void> {
  const named = environment === undefined ? {} : { environment };
  const result = await withSession(
    {
      verb: "up",
      target: environment ?? "",
      options,
      region: (application) => findEnvironment(application, environment).collection.region,
    },
    ({ application, ports, emit, signal }) => bringUp({ application, signal, ...named }, ports, emit),
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
