import type { Site } from "../../app/application.ts";
import type { Findings } from "../findings.ts";
import { projectPath } from "../paths.ts";
import { siteSchema } from "../site.ts";
import { placeAt } from "../yaml/tree.ts";
import type { Context } from "./context.ts";
import type { ContainerDraft } from "./draft.ts";
import { buildOf } from "./image-source.ts";
import { readSettings, reasonOf } from "./managed.ts";

/** Without its folder it has a path still, that no other service may answer. */
const unfinishedSchema = siteSchema.partial({ output: true });

export function site(draft: ContainerDraft, { findings }: Context): Site | undefined {
  const settings =
    readSettings(siteSchema, draft, findings) ?? readSettings(unfinishedSchema, draft, findings);
  if (settings === undefined) return undefined;
  const { path, mode } = settings;
  const source = sourceOf(draft, { ...settings, output: settings.output ?? "" }, findings);
  return { type: "site", name: draft.name, path, mode, source, reason: reasonOf(draft) };
}

interface SourceSettings {
  readonly output: string;
  readonly build?: string | undefined;
  readonly folder?: string | undefined;
}

/** With a Compose build and no command of its own, the files are copied out of the built image. */
function sourceOf(draft: ContainerDraft, settings: SourceSettings, findings: Findings): Site["source"] {
  const { output } = settings;
  const build = draft.compose.build && buildOf(draft.compose.build, draft.service, draft.subject, findings);
  if (draft.compose.build === undefined || settings.build !== undefined)
    return hostSource(draft, { ...settings, folder: settings.folder ?? build?.context }, findings);
  if (!output.startsWith("/")) {
    const message = `\`${output}\` must be a path inside the built image, such as /usr/share/nginx/html`;
    const hint = "or write `x-freehold.build`, a command that makes the folder on this machine";
    report(draft, "output", { message, hint }, findings);
  }
  return build === undefined ? nowhere : { kind: "image", build, output };
}

/** After a problem. */
const nowhere: Site["source"] = { kind: "host", folder: ".", output: "." };

function hostSource(draft: ContainerDraft, settings: SourceSettings, findings: Findings): Site["source"] {
  const folder = folderOf(draft, "folder", settings.folder ?? ".", "./web", findings);
  const output = folderOf(draft, "output", settings.output, "dist", findings);
  const command = settings.build === undefined ? {} : { command: settings.build };
  return { kind: "host", folder, ...command, output };
}

function folderOf(
  draft: ContainerDraft,
  key: string,
  written: string,
  example: string,
  findings: Findings,
): string {
  const path = projectPath(written);
  const message = `\`${written}\` is not a folder of the project`;
  if (path === undefined)
    report(draft, key, { message, hint: `write a path such as \`${example}\`` }, findings);
  return path ?? ".";
}

/** What a problem of the same setting has told already is not told again. */
function report(
  draft: ContainerDraft,
  key: string,
  said: { readonly message: string; readonly hint: string },
  findings: Findings,
): void {
  const subject = `${draft.settingsSubject}.${key}`;
  if (findings.tells(subject)) return;
  findings.problem({ ...said, code: "site", subject, place: placeAt(draft.settings, [key]) });
}
