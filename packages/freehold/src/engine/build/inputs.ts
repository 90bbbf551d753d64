import type { Build, Environment } from "../../app/application.ts";
import { type Located, outsideHint, outsideMessage } from "../../app/located.ts";
import { type Problem, UserError } from "../../errors.ts";
import type { FilesPort } from "../ports.ts";
import { configPaths } from "./config-paths.ts";

/** The project, as far as it is asked where something is, and where the file says so. */
export type Folder = Pick<FilesPort, "project" | "locate" | "placeOf">;

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
 * @throws UserError with one problem for each that is missing (`missing-build-input`) or that leads out of the project and the Git
 *   repository around it (`outside-project`).
 */
export async function demandInputs(environment: Environment, files: Folder): Promise<void> {
  const found = await Promise.all(
    environment.services.flatMap(inputsOf).map((inputs) => firstWrong(inputs, files)),
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

async function firstWrong([input, ...others]: readonly Input[], files: Folder): Promise<Problem | undefined> {
  if (input === undefined) return undefined;
  const located = await files.locate(`${files.project}/${input.path}`);
  const wrong = wrongOf(input, located, files.project);
  if (wrong === undefined) return firstWrong(others, files);
  const place = files.placeOf(input.setting);
  return { ...wrong, subject: input.setting, ...(place === undefined ? {} : { place }) };
}

function wrongOf(
  { what, path, hint }: Input,
  located: Located,
  project: string,
): Omit<Problem, "subject"> | undefined {
  switch (located.kind) {
    case "project":
    case "repository":
      return undefined;
    case "outside":
      return {
        code: "outside-project",
        message: `\`${path}\` ${outsideMessage(located)}`,
        hint: outsideHint,
      };
    case "special":
      return {
        code: "special-build-input",
        message: `\`${path}\` is a pipe, socket or device: ${what} cannot be read`,
        hint: "replace it by a regular file or folder, or correct the path",
      };
    case "missing":
      return {
        code: "missing-build-input",
        message: `\`${path}\` is missing: ${what} is not in ${project}`,
        hint,
      };
    case "unreadable":
      return {
        code: "unreadable-build-input",
        message: `\`${path}\` cannot be read: ${what}`,
        hint: "check its permissions, and that its links do not lead back to themselves",
      };
  }
}
