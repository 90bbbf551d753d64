import { findEnvironment } from "../../app/find.ts";
import { plan as makePlan } from "../../engine/plan.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";
import { withSession } from "../session.ts";

export async function plan(
  environment: string | undefined,
  options: CommonOptions & { readonly exitCode?: true },
): Promise<void> {
  const named = environment === undefined ? {} : { environment };
  const result = await withSession(
    {
      verb: "plan",
      target: environment ?? "",
      options,
      region: (application) => findEnvironment(application, environment).collection.region,
    },
    ({ application, ports, emit }) => makePlan({ application, ...named }, ports, emit),
  );
  const count = result.collection.length + result.environment.length;
  if (options.json !== true)
    print([result.hasChanges ? `${count} changes; \`freehold up\` makes them` : "nothing to change"]);
  if (options.exitCode === true && result.hasChanges) process.exitCode = 3;
}
