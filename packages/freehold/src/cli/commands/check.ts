import { describeApplication } from "../../app/describe.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";
import { readApplication } from "../read-application.ts";
import { renderDescription } from "../render/description.ts";

/** Says what the file means: offline, nothing is asked of AWS, Docker or Terraform. */
export async function check(options: CommonOptions): Promise<void> {
  const { application } = await readApplication(options.file ?? []);
  if (options.json === true) print([JSON.stringify(application)]);
  else print(renderDescription(describeApplication(application), process.stdout.columns));
}
