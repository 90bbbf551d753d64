import type { Build, Environment } from "../../app/application.ts";
import { type Problem, UserError } from "../../errors.ts";
import type { FilesPort } from "../ports.ts";
import { configPaths } from "./config-paths.ts";

/** The project, as far as it is asked whether something is there, and where the file says so. */
export type Folder = Pick<FilesPort, "project" | "exists" | "placeOf">;

/** Something that is built from, or carried. */
interface Input {
  /** Full name of the setting that names it. */
  readonly setting: string;
  readonly what: string;
  /** From the project's folder. */
  readonly path: string;
  readonly hint: string;
}

/**
 * Sees, before anything is changed, that the folders are there which an environment is built from. A Dockerfile of theirs as well.
 *
 * @throws UserError `missing-build-input`, one problem for each that is missing.
 */
export async function demandInputs(environment: Environment, files: Folder): Promise<void> {
  const found = await Promise.all(
    environment.services.flatMap(inputsOf).map((inputs) => firstMissing(inputs, files)),
  );
  const problems = found.filter((one) => one !== undefined);
  if (problems.length > 0) throw new UserError(problems);
}

/** Each list in the order of what is within what: of a folder that is missing nothing further is told. */
function inputsOf(service: Environment["services"][number]): readonly (readonly Input[])[] {
  const subject = `services.${service.name}`;
  if (service.type !== "site")
    return [
      ...(service.image.kind === "build" ? [buildInputs(subject, service.image.build)] : []),
      ...configPaths(service).map((path) => [configInput(subject, path)]),
    ];
  if (service.source.kind === "image") return [buildInputs(subject, service.source.build)];
  const hint = "create the folder, or correct the path; it begins at the Compose file's folder";
  return [
    [
      {
        setting: `${subject}.x-freehold.folder`,
        what: "the site's folder",
        path: service.source.folder,
        hint,
      },
    ],
  ];
}

function buildInputs(subject: string, { context, dockerfile }: Build): readonly Input[] {
  const folder: Input = {
    setting: `${subject}.build.context`,
    what: "the folder of the build",
    path: context,
    hint: "create the folder, or correct the path; it begins at the Compose file's folder",
  };
  if (typeof dockerfile !== "string") return [folder];
  const hint =
    "create it, or name the one there is with `build.dockerfile`, as a path within the folder of the build";
  const setting = `${subject}.build.dockerfile`;
  return [folder, { setting, what: "the Dockerfile of the build", path: `${context}/${dockerfile}`, hint }];
}

function configInput(subject: string, path: string): Input {
  const hint = "create the file, or correct the path; it begins at the Compose file's folder";
  return { setting: subject, what: "a file that it carries", path, hint };
}

async function firstMissing(
  [input, ...others]: readonly Input[],
  files: Folder,
): Promise<Problem | undefined> {
  if (input === undefined) return undefined;
  const { setting, what, path, hint } = input;
  if (await files.exists(`${files.project}/${path}`)) return firstMissing(others, files);
  const place = files.placeOf(setting);
  const message = `\`${path}\` is missing: ${what} is not in ${files.project}`;
  const at = place === undefined ? {} : { place };
  return { code: "missing-build-input", subject: setting, message, hint, ...at };
}
