import type { ConfigFile } from "../../../app/config-file.ts";
import type { Mount } from "../../../app/mount.ts";
import type { Sandbox } from "../../../app/sandbox.ts";
import type { Findings } from "../../findings.ts";
import type { Written } from "./config-content.ts";

/** A file that lies over an image, and where that is written. */
export interface Placed {
  readonly file: ConfigFile;
  /** What is known of what stands in it. */
  readonly text: string;
  readonly where: Written;
}

/** What may hide a file of the image. */
export interface Beside {
  readonly mounts: readonly Mount[];
  readonly sandbox: Sandbox | undefined;
}

/** Letters, digits and what no Dockerfile reads as more than itself. */
const plainPath = /^(?:\/(?!\.{1,2}(?:\/|$))[\p{L}\p{N} ._@+=,:%~()-]+)+$/u;

/** What a container finds there is not what its image holds. */
const reserved: readonly (readonly [path: string, why: string])[] = [
  ["/dev", "is of the kernel"],
  ["/etc/freehold", "is for what Freehold itself adds"],
  ["/etc/hostname", "is written anew for each task"],
  ["/etc/hosts", "is written anew for each task"],
  ["/etc/resolv.conf", "is written anew for each task"],
  ["/proc", "is of the kernel"],
  ["/run/secrets", "is for `secrets`"],
  ["/sys", "is of the kernel"],
];

/** Each file must have a place of its own, where the container sees it. */
export function checkTargets(all: readonly Placed[], beside: Beside, findings: Findings): void {
  for (const [index, { file, where }] of all.entries()) {
    const report = (message: string, hint?: string) =>
      findings.problem({
        code: "target",
        ...where,
        message: `\`${file.path}\` ${message}`,
        ...(hint === undefined ? {} : { hint }),
      });
    const [, why] = reserved.find(([path]) => isWithin(file.path, path)) ?? [];
    const cover = coverOf(file.path, beside);
    const other = all.slice(0, index).find((one) => clash(one.file.path, file.path));
    if (!plainPath.test(file.path))
      report("must be the absolute path of a file, of letters, digits and ._@+=,:%~()-");
    else if (why !== undefined) report(`cannot be carried: it ${why}`, "give it another target");
    else if (cover !== undefined)
      report(`lies in ${cover}, which hides on AWS what the image holds there`, "give it another target");
    else if (other?.file.path === file.path) report("is where another file lies as well");
    else if (other !== undefined) report(`and \`${other.file.path}\` cannot both be: one would be a folder`);
  }
}

function coverOf(path: string, { mounts, sandbox }: Beside): string | undefined {
  const mount = mounts.find((one) => isWithin(path, one.path));
  if (mount !== undefined) return `the volume \`${mount.volume}\``;
  const memory = sandbox?.inMemory?.find((one) => isWithin(path, one.path));
  return memory === undefined ? undefined : `the folder in memory \`${memory.path}\``;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder.replace(/\/$/, "")}/`);
}

function clash(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}
