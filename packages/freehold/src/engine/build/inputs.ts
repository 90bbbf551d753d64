import type { Build, Environment } from "../../app/application.ts";
import { type Problem, UserError } from "../../errors.ts";
import type { FilesPort } from "../ports.ts";
import { configPaths } from "./config-paths.ts";

/** The project, as far as it is asked whether something is there. */
export type Folder = Pick<FilesPort, "project" | "exists">;

/**
 * Sees, before anything is changed, that the folders are there which an environment is built from. A Dockerfile of theirs as well.
 *
 * @throws UserError `missing-build-input`, one problem for each that is missing.
 */
export async function demandInputs(environment: Environment, files: Folder): Promise<void> {
  const found = await Promise.all(environment.services.flatMap((service) => inputsOf(service, files)));
  const problems = found.filter((one) => one !== undefined);
  if (problems.length > 0) throw new UserError(problems);
}

function inputsOf(
  service: Environment["services"][number],
  files: Folder,
): readonly Promise<Problem | undefined>[] {
  const subject = `services.${service.name}`;
  if (service.type !== "site")
    return [
      ...(service.image.kind === "build" ? [missingOf(`${subject}.build`, service.image.build, files)] : []),
      ...configPaths(service).map((path) => missing(subject, "config file", path, files)),
    ];
  if (service.source.kind === "image") return [missingOf(`${subject}.build`, service.source.build, files)];
  return [missing(`${subject}.x-freehold.folder`, "folder", service.source.folder, files)];
}

async function missingOf(subject: string, build: Build, files: Folder): Promise<Problem | undefined> {
  const context = await missing(`${subject}.context`, "build context", build.context, files);
  if (context !== undefined || typeof build.dockerfile !== "string") return context;
  return missing(`${subject}.dockerfile`, "Dockerfile", `${build.context}/${build.dockerfile}`, files);
}

async function missing(
  subject: string,
  noun: string,
  path: string,
  files: Folder,
): Promise<Problem | undefined> {
  if (await files.exists(`${files.project}/${path}`)) return undefined;
  const message = `The ${noun} ${path} is not in ${files.project}.`;
  const hint = "Correct it in the Compose file, or create it; paths are relative to that file.";
  return { code: "missing-build-input", subject, message, hint };
}
