import type { Findings } from "../../findings.ts";
import { commandText } from "../command.ts";
import { part, placed } from "../document.ts";
import {
  inside,
  mapping,
  noted,
  noting,
  type Rules,
  type Turned,
  textOf,
  turned,
  type Written,
  without,
  wrong,
} from "../rules.ts";
import type { ServiceContext } from "./context.ts";
import { settings } from "./settings.ts";

const noProcess = "static files need no process";

/** `system` of static files. */
export const frontendSystem: Rules<ServiceContext> = {
  health_check: noted(noProcess),
  platform_settings: inside({ min_scale: noted(noProcess), max_scale: noted(noProcess) }),
};

/** `x-cnc` of static files. */
export const frontendRules: Rules<ServiceContext> = {
  ...settings,
  type: turned((written, { at }) =>
    mapping(
      written,
      [...at, "x-freehold", "type"],
      placed("site", written.entry.place),
      "built without the environment's variables",
    ),
  ),
  internal: without("a site is for everyone"),
  assets_path: turned(assets),
  build: turned(build),
  index_file_name: turned((written) =>
    textOf(written.entry.value) === "index.html"
      ? noting(written, "noted", "it is always index.html")
      : noting(written, "without counterpart", "the first page is index.html"),
  ),
  cors: inside({ allowed_origins: without("a site answers its own pages") }),
  cdn: inside({
    enabled: turned((written) =>
      textOf(written.entry.value) === "false"
        ? noting(written, "without counterpart", "a site is always behind CloudFront")
        : noting(written, "noted", "a site is always behind CloudFront"),
    ),
  }),
  system: inside(frontendSystem),
};

function build(written: Written, { at, folder }: ServiceContext, findings: Findings): Turned {
  const command = commandText(written.entry.value);
  if (command === undefined)
    return wrong(written, { message: "must be a text or a list of words" }, findings);
  const { place } = written.entry;
  const message = `runs on this machine, in \`${folder}\`, not in a container`;
  const turned = mapping(written, [...at, "x-freehold", "build"], placed(command, place), message);
  return {
    ...turned,
    parts: [...turned.parts, part([...at, "x-freehold", "folder"], placed(folder, place))],
  };
}

/** Without a command of its own the files are in the image, where only a whole path finds them. */
export function assets(written: Written, { at, hasBuild }: ServiceContext, findings: Findings): Turned {
  const path = textOf(written.entry.value) ?? "";
  if (hasBuild || path.startsWith("/")) return mapping(written, [...at, "x-freehold", "output"]);
  const message = `\`${path}\` must be a whole path in the built image, such as \`/app/${path}\``;
  const hint = "or write `build`, the command that makes the folder on this machine";
  return wrong(written, { message, hint }, findings);
}
