import { demandInputs } from "../engine/build/inputs.ts";
import { boundaryOf, locate } from "../ports/boundary.ts";
import type { ReadApplication } from "./read-application.ts";

/**
 * Sees that everything is in the project which the application is built from.
 *
 * @throws UserError with what is missing of the first environment that lacks something.
 */
export async function demandBuildable({ application, project, placeOf }: ReadApplication): Promise<void> {
  const boundary = boundaryOf(project);
  const files = { project, placeOf, locate: async (path: string) => locate(path, boundary) };
  for (const { environments } of application.collections)
    for (const environment of environments) await demandInputs(environment, files);
}
