import type { ConfigContent } from "../../../app/config-file.ts";
import type { Place } from "../../../errors.ts";
import { namedConfigSchema } from "../../compose/configs.ts";
import { configKeys } from "../../compose/keys.ts";
import { sift } from "../../compose/sift.ts";
import { type Disk, largestConfig, type OnDisk } from "../../disk.ts";
import type { Findings } from "../../findings.ts";
import { projectPath } from "../../paths.ts";
import { read } from "../../validate.ts";
import type { Variables } from "../../yaml/interpolate.ts";
import { placeAt, type Section } from "../../yaml/tree.ts";

export interface Surroundings {
  readonly disk: Disk;
  readonly shell: Variables;
  readonly findings: Findings;
}

/** Where something is written, for a problem with it. */
export interface Written {
  readonly subject: string;
  readonly place: Place;
}

export interface Content {
  readonly content: ConfigContent;
  /** What is known of what stands in it. */
  readonly text: string;
}

const kinds = ["file", "content", "environment"] as const;

/** What stands in one of the file's own `configs`; undefined after a problem. */
export function namedContent(
  name: string,
  tree: Section,
  { disk, shell, findings }: Surroundings,
): Content | undefined {
  const subject = `configs.${name}`;
  const before = findings.count;
  const config = read(namedConfigSchema, sift(tree, configKeys, subject, findings), subject, findings)?.value;
  if (config === undefined || findings.count > before) return undefined;
  const [kind, other] = kinds.filter((one) => config[one] !== undefined);
  const place = placeAt(tree, [other ?? kind ?? ""]);
  const report = (message: string) => {
    findings.problem({ code: "config", subject, message, place });
    return undefined;
  };
  if (kind === undefined) return report("says nothing: write `file`, `content` or `environment`");
  if (other !== undefined) return report(`has both \`${kind}\` and \`${other}\`; one can be`);
  const written = config[kind] ?? "";
  if (kind === "content") return inText(written);
  if (kind === "file") return fileContent(written, { subject: `${subject}.file`, place }, disk, findings);
  const value = shell.get(written);
  return value === undefined ? report(`\`${written}\` is not set in the shell or .env`) : inText(value);
}

function inText(text: string): Content {
  return { content: { kind: "text", text }, text };
}

/** A file of the project by the path that is written; undefined after a problem. */
function fileContent(written: string, where: Written, disk: Disk, findings: Findings): Content | undefined {
  const path = projectPath(written);
  const found: OnDisk = path === undefined || path.startsWith("..") ? { kind: "outside" } : disk(path);
  if (!demandFile(written, found, where, findings)) return undefined;
  return { content: { kind: "file", path: path ?? "" }, text: found.text ?? "" };
}

type FileOnDisk = Extract<OnDisk, { kind: "file" }>;

const wrong = {
  folder: ["is a folder; a config is one file", "name a file in it"],
  missing: ["is missing", "create it, or correct the path, which is relative to the Compose file"],
  outside: [
    "is outside of the project's folder, and what a release carries comes from there",
    "copy it into the project",
  ],
  unreadable: ["cannot be read", "see to its permissions and those of the folders around it"],
  other: ["is no file whose content can be carried", "remove it"],
} as const;

/** Tells what is wrong with what should be a file to carry. */
export function demandFile(
  written: string,
  found: OnDisk,
  { subject, place }: Written,
  findings: Findings,
): found is FileOnDisk {
  if (found.kind !== "file") {
    const [message, hint] = wrong[found.kind];
    findings.problem({ code: "config-file", subject, message: `\`${written}\` ${message}`, hint, place });
    return false;
  }
  if (found.size <= largestConfig) return true;
  const message = `\`${written}\` is too large for a config: ${Math.ceil(found.size / 1024 ** 2)} MiB, and 10 MiB is the most`;
  const hint = "`COPY` it in the Dockerfile, or put it on a volume";
  findings.problem({ code: "config-file", subject, message, hint, place });
  return false;
}
