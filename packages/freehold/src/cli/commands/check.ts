import { describeApplication } from "../../app/describe.ts";
import { onlyEnvironment } from "../../app/find.ts";
import { demandBuildable } from "../demand-buildable.ts";
import type { CheckOptions } from "../options.ts";
import { print } from "../print.ts";
import { readApplication } from "../read-application.ts";
import { renderDescription } from "../render/description.ts";

/** Says what the file means: offline, nothing is asked of AWS, Docker or Terraform. */
export async function check(options: CheckOptions): Promise<void> {
  if (options.explain !== undefined) return (await import("./explain.ts")).explain(options.explain);
  const read = await readApplication(options.file ?? []);
  const application =
    options.env === undefined ? read.application : onlyEnvironment(read.application, options.env);
  await demandBuildable({ ...read, application });
  if (options.json === true) print([JSON.stringify(application)]);
  else print(renderDescription(describeApplication(application), process.stdout.columns));
}
