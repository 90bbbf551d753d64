import type { EnvironmentKind, Volume } from "../../app/application.ts";
import type { Mount } from "../../app/mount.ts";
import { namedVolumeSchema } from "../compose/volumes.ts";
import type { Findings } from "../findings.ts";
import { hintFor } from "../suggest.ts";
import { read } from "../validate.ts";
import { volumeSchema } from "../volume.ts";
import { override } from "../yaml/merge.ts";
import { placeAt, type Section, section, sectionAt } from "../yaml/tree.ts";
import { type Draft, targetOf } from "./draft.ts";
import { readSettings } from "./managed.ts";

export interface VolumesRequest {
  readonly kind: EnvironmentKind;
  /** The file's own `volumes`. */
  readonly volumes: Section | undefined;
  /** The environment's own part of the file. */
  readonly overrides: Section | undefined;
}

/** A volume that the file names, in its `volumes` or under `x-freehold.resources`. */
export type VolumeDraft = Draft;

/** By name. What a name of both is, nobody can know. */
export function volumeDrafts(
  { volumes, overrides }: VolumesRequest,
  all: readonly Draft[],
  findings: Findings,
): ReadonlyMap<string, VolumeDraft> {
  const ofResources = all.filter((one) => one.inferred.type === "volume");
  const ofFile = [...(volumes?.entries ?? [])].map(([name, entry]) => {
    const tree = entry.value.kind === "section" ? entry.value : section([], entry.place);
    const subject = `volumes.${name}`;
    const twin = ofResources.find((one) => one.name === name);
    if (twin !== undefined) {
      const message = "is named under `volumes` too; give one another name";
      findings.problem({ code: "name", subject: twin.subject, message, place: twin.place });
    }
    const own = sectionAt(tree, ["x-freehold"]) ?? section([], entry.place);
    const changed = sectionAt(overrides, ["resources", name]);
    const draft: VolumeDraft = {
      name,
      subject,
      place: entry.place,
      service: tree,
      settings: changed === undefined ? own : override(own, changed),
      settingsSubject: `${subject}.x-freehold`,
      inferred: { type: "volume", reason: "a container mounts it" },
      calledAt: [],
    };
    return draft;
  });
  return new Map([...ofResources, ...ofFile].map((one) => [one.name, one]));
}

/** The volumes that are mounted; what else the file names is for home, or belongs to something AWS manages. */
export function volumeResources(
  drafts: ReadonlyMap<string, VolumeDraft>,
  mounts: readonly Mount[],
  {
    kind,
    all,
    findings,
  }: { readonly kind: EnvironmentKind; readonly all: readonly Draft[]; readonly findings: Findings },
): readonly Volume[] {
  const mounted = new Set(mounts.map(({ volume }) => volume));
  return [...drafts.values()].flatMap((draft) => {
    if (!mounted.has(draft.name) && draft.service !== undefined) return [];
    checkName(draft, all, findings);
    noteHome(draft, findings);
    const settings = readSettings(volumeSchema, draft, findings);
    if (settings === undefined) return [];
    const { backups = kind !== "preview", throughput } = settings;
    const reason = "reason" in draft.inferred ? draft.inferred.reason : "";
    return [{ type: "volume", name: draft.name, backups, throughput, reason }];
  });
}

/** Names of services and of volumes are apart, in Compose and here; those of resources and volumes are not. */
function checkName({ name, subject, place }: VolumeDraft, all: readonly Draft[], findings: Findings): void {
  const report = (message: string) => findings.problem({ code: "name", subject, message, place });
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/.test(name)) {
    report("is no valid name; use letters, digits, hyphens and underscores, 63 at most");
  }
  const twin = all.find((one) => one.name === name && isOtherResource(one));
  if (twin !== undefined)
    report(`and the ${twin.inferred.type} \`${name}\` have one name; give the volume another`);
}

function isOtherResource(draft: Draft): boolean {
  const target = targetOf(draft);
  return target.kind === "resource" && target.type !== "volume";
}

/** How Docker makes the volume at home means nothing to EFS. */
function noteHome({ service, subject }: VolumeDraft, findings: Findings): void {
  if (service === undefined) return;
  const named = read(namedVolumeSchema, service, subject, findings)?.value;
  if (named?.external !== undefined && named.external !== false) {
    findings.note(`${subject}.external`, "is of home: on AWS the volume is made, and begins empty");
  }
  const isLocal =
    (named?.driver ?? "local") === "local" && Object.keys(named?.driver_opts ?? {}).length === 0;
  if (!isLocal) findings.note(`${subject}.driver`, "is of home: on AWS the volume is a file system of EFS");
}

/** A volume that the file does not name; errors are reported where it is mounted. */
export function reportUnknownVolume(
  source: string,
  {
    subject,
    service,
    index,
  }: { readonly subject: string; readonly service: Section; readonly index: number },
  drafts: ReadonlyMap<string, VolumeDraft>,
  findings: Findings,
): void {
  const message = `\`${source}\` is no volume of this file`;
  const hint =
    drafts.size === 0 ? `name it: \`volumes: { ${source}: {} }\`` : hintFor(source, [...drafts.keys()]);
  const place = placeAt(service, ["volumes", index]);
  findings.problem({ code: "unknown-name", subject: `${subject}.volumes`, message, hint, place });
}
