import { existsSync } from "node:fs";
import { demandInputs } from "../engine/build/inputs.ts";
import type { ReadApplication } from "./read-application.ts";

/**
 * Sees that everything is in the project which the application is built from.
 *
 * @throws UserError with what is missing of the first environment that lacks something.
 */
export async function demandBuildable({ application, project, placeOf }: ReadApplication): Promise<void> {
  const files = { project, placeOf, exists: async (path: string) => existsSync(path) };
  for (const { environments } of application.collections)
    for (const environment of environments) await demandInputs(environment, files);
}
