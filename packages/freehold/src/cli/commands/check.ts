import { existsSync } from "node:fs";
import { describeApplication } from "../../app/describe.ts";
import { onlyEnvironment } from "../../app/find.ts";
import { demandInputs } from "../../engine/build/inputs.ts";
import type { CheckOptions, CommonOptions } from "../options.ts";
import { print } from "../print.ts";
import { readApplication } from "../read-application.ts";
import { renderDescription } from "../render/description.ts";

/** Says what the file means: offline, nothing is asked of AWS, Docker or Terraform. */
export async function check(options: CommonOptions & CheckOptions): Promise<void> {
  if (options.explain !== undefined) return (await import("./explain.ts")).explain(options.explain);
  const read = await readApplication(options.file ?? []);
  const application =
    options.env === undefined ? read.application : onlyEnvironment(read.application, options.env);
  const files = { project: read.project, exists: async (path: string) => existsSync(path) };
  for (const { environments } of application.collections)
    for (const environment of environments) await demandInputs(environment, files);
  if (options.json === true) print([JSON.stringify(application)]);
  else print(renderDescription(describeApplication(application), process.stdout.columns));
}
