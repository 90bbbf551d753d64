import { existsSync } from "node:fs";
import type { Application } from "../app/application.ts";
import { demandInputs } from "../engine/build/inputs.ts";

/**
 * Sees that everything is in the project (absolute path of its folder) which the application is built from.
 *
 * @throws UserError with what is missing of the first environment that lacks something.
 */
export async function demandBuildable(application: Application, project: string): Promise<void> {
  const files = { project, exists: async (path: string) => existsSync(path) };
  for (const { environments } of application.collections)
    for (const environment of environments) await demandInputs(environment, files);
}
