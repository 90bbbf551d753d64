import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import { readSurroundings, type Surroundings } from "../surroundings.ts";
import type { EnvironmentRequest, Target } from "../target.ts";

/**
 * The provisioned environment a verb is about.
 *
 * @throws UserError `not-provisioned` while it, or its collection, is not wholly there.
 */
export async function openTarget(request: EnvironmentRequest, ports: Ports): Promise<Target> {
  return targetOf(await readSurroundings(request, ports));
}

/** Errors: as `openTarget`. */
export function targetOf({ application, collection, environment, shared, own }: Surroundings): Target {
  if (shared.kind === "complete" && own.kind === "complete") {
    return {
      application: application.name,
      collection,
      environment,
      shared: shared.outputs,
      outputs: own.outputs,
    };
  }
  throw new UserError({
    code: "not-provisioned",
    subject: environment.name,
    message: "is not there yet, or not wholly",
    hint: `Run \`freehold up ${environment.name}\` first.`,
  });
}
