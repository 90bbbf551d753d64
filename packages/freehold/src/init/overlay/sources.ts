import { projectPath } from "../../config/paths.ts";
import { knownImage } from "../../config/resolve/image.ts";
import { entry, mapping } from "../document.ts";
import type { Repository } from "../repository.ts";
import { type Advice, advise } from "./advice.ts";
import type { ServiceFacts } from "./service-facts.ts";

/** Sources that are mounted into an image nobody builds: on AWS an image that holds them, and is the same otherwise. */
export function sourcesInImage(service: ServiceFacts, repository: Repository): Advice | undefined {
  const { image, context } = service;
  if (image === undefined || context !== undefined || knownImage(image) !== undefined) return undefined;
  const folders = service.mounts
    .map((mount) => mountedFolder(mount, repository))
    .filter((one) => one !== undefined);
  if (folders.length === 0) return undefined;
  const lines = [`FROM ${image}`, ...folders.map((words) => `COPY ${JSON.stringify(words)}`)];
  const build = mapping(
    entry("context", "."),
    entry("dockerfile_inline", lines.map((line) => `${line}\n`).join("")),
  );
  const names = folders.map(([from]) => from).join(", ");
  return advise(`${image} with ${names} copied in, which is mounted at home`, {
    keys: [entry("build", build, "On AWS nothing of this machine is mounted.")],
  });
}

/** Source and target of a mount, where that is a folder of the project with files in it. */
function mountedFolder(mount: string, { paths }: Repository): readonly [string, string] | undefined {
  const [source = "", target = ""] = mount.split(":");
  if (!/^\.{1,2}(?:\/|$)/.test(source) || !target.startsWith("/")) return undefined;
  const folder = projectPath(source);
  if (folder === undefined) return undefined;
  const isFolder = folder === "." || paths.some((path) => path.startsWith(`${folder}/`));
  return isFolder ? [folder, target] : undefined;
}
