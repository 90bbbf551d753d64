import { rollback as goBack } from "../../engine/rollback.ts";
import { withEnvironment } from "../environment-session.ts";
import type { EnvironmentOptions } from "../options.ts";
import { print } from "../print.ts";

export async function rollback(id: string | undefined, options: EnvironmentOptions): Promise<void> {
  const named = id === undefined ? {} : { id };
  const release = await withEnvironment(
    { verb: "rollback", environment: options.environment, options },
    ({ request, ports, emit }) => goBack({ ...request, ...named }, ports, emit),
  );
  if (options.json !== true) print([`release ${release.id} is live: ${release.rollbackOf} as it was`]);
}
