import type { Mount } from "../../../app/mount.ts";
import type { Mount as ComposeMount } from "../../compose/volumes.ts";
import type { Findings } from "../../findings.ts";
import { placeAt, type Section } from "../../yaml/tree.ts";
import { reportUnknownVolume, type VolumeDraft } from "../volumes.ts";

type Volumes = ReadonlyMap<string, VolumeDraft>;

/** A service whose Compose part has been read. */
interface Mounting {
  readonly subject: string;
  readonly service: Section;
  readonly compose: { readonly volumes?: readonly ComposeMount[] | undefined };
}

/** What a container mounts on AWS: its named volumes, and the volumes it `uses` at `/mnt/<name>` where the file says no path. */
export function mountsOf(
  draft: Mounting,
  used: readonly string[],
  volumes: Volumes,
  findings: Findings,
): readonly Mount[] {
  const written = (draft.compose.volumes ?? []).flatMap((mount, index) =>
    fromCompose(mount, index, draft, volumes, findings),
  );
  checkPaths(written, draft, findings);
  const others = used
    .filter((name) => !written.some((one) => one.volume === name))
    .map((name) => ({ volume: name, path: `/mnt/${name}`, readOnly: false }));
  return [...written, ...others].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Binding 4 of the language: where a volume that it `uses` lies. The file itself says where its other mounts are. */
export function mountVariables(
  mounts: readonly Mount[],
  used: readonly string[],
  prefixOf: (name: string) => string,
): Readonly<Record<string, string>> {
  const known = mounts.filter(({ volume }) => used.includes(volume));
  return Object.fromEntries(known.map(({ volume, path }) => [`${prefixOf(volume)}_PATH`, path]));
}

function fromCompose(
  mount: ComposeMount,
  index: number,
  draft: Mounting,
  volumes: Volumes,
  findings: Findings,
): readonly Mount[] {
  const { service, subject } = draft;
  switch (mount.kind) {
    case "memory":
    case "anonymous":
    case "bind":
      return [];
    case "named":
      break;
  }
  const { source, target, readOnly, subpath } = mount;
  if (isCarriedByImage(target)) {
    const message = `${source} is not mounted on AWS: it is built into the image at ${target}`;
    findings.note(`${subject}.volumes`, message);
    return [];
  }
  if (!volumes.has(source)) {
    reportUnknownVolume(source, { subject, service, index }, volumes, findings);
    return [];
  }
  return [{ volume: source, path: target, readOnly, ...(subpath === undefined ? {} : { subpath }) }];
}

/**
 * Folders of dependencies and build results, which volumes keep apart from a bind-mounted source tree at home. Docker fills
 * such a volume from the image; EFS would hide what the image holds.
 */
const carriedByImage =
  /\/(node_modules|vendor\/bundle|bundle|gems|site-packages|\.?venv|\.cache|\.next|\.nuxt|\.gradle|\.m2|\.npm|\.yarn|\.pnpm-store|\.cargo|go\/pkg(\/mod)?|__pycache__)(\/|$)/;

function isCarriedByImage(path: string): boolean {
  return carriedByImage.test(path);
}

function checkPaths(mounts: readonly Mount[], { service, subject }: Mounting, findings: Findings): void {
  const place = placeAt(service, ["volumes"]);
  const report = (message: string) =>
    findings.problem({ code: "volume", subject: `${subject}.volumes`, message, place });
  for (const { path, volume } of mounts) {
    if (!/^\/(?!$)/.test(path))
      report(`\`${path}\`: the path of \`${volume}\` must be absolute, and not \`/\``);
  }
  const twin = mounts.find(({ path }, index) => mounts.findIndex((one) => one.path === path) < index);
  if (twin !== undefined) report(`mounts two volumes at \`${twin.path}\``);
}
