import { plan as makePlan } from "../../engine/plan.ts";
import { withEnvironment } from "../environment-session.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";

export async function plan(
  environment: string | undefined,
  options: CommonOptions & { readonly exitCode?: true },
): Promise<void> {
  const result = await withEnvironment({ verb: "plan", environment, options }, ({ request, ports, emit }) =>
    makePlan(request, ports, emit),
  );
  const count = result.collection.length + result.environment.length;
  if (options.json !== true)
    print([result.hasChanges ? `${count} changes; \`freehold up\` makes them` : "nothing to change"]);
  if (options.exitCode === true && result.hasChanges) process.exitCode = 3;
}
