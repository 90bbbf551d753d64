import { plan as makePlan, type PlanResult } from "../../engine/plan.ts";
import { withEnvironment } from "../environment-session.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";
import { inRun, runWith } from "../run.ts";

export async function plan(
  environment: string | undefined,
  options: CommonOptions & { readonly exitCode?: true },
): Promise<void> {
  const result = await withEnvironment({ verb: "plan", environment, options }, ({ request, ports, emit }) =>
    makePlan(request, ports, emit),
  );
  if (options.json !== true) print([inRun(conclusion(result), runWith(options, environment))]);
  if (options.exitCode === true && result.hasChanges) process.exitCode = 3;
}

function conclusion({ hasChanges, collection, environment, release }: PlanResult): string {
  const count = collection.length + environment.length;
  if (!hasChanges) return "nothing to change";
  if (count > 0)
    return count === 1 ? "1 change; `freehold up` makes it" : `${count} changes; \`freehold up\` makes them`;
  const names = release.map(({ name }) => name).join(", ");
  return `nothing to change in the account; \`freehold up\` releases ${names === "" ? "what is new" : names}`;
}
