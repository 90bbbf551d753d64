import type { Cron, Service, Site, Web, Worker } from "../../app/application.ts";
import { translateCron } from "../../app/cron.ts";
import { healthCheck } from "../../app/health.ts";
import { cronSchema } from "../cron.ts";
import type { Findings } from "../findings.ts";
import { projectPath } from "../paths.ts";
import { type SiteSettings, siteSchema } from "../site.ts";
import { type WebSettings, webSchema } from "../web.ts";
import { workerSchema } from "../worker.ts";
import { placeAt } from "../yaml/tree.ts";
import { buildOf, type ContainerDraft, container } from "./container.ts";
import type { Context } from "./context.ts";
import { readSettings, reasonOf } from "./managed.ts";

/** A service of one environment; undefined after a problem. */
export function service(draft: ContainerDraft, context: Context): Service | undefined {
  switch (draft.inferred.type) {
    case "site":
      return site(draft, context);
    case "web":
      return web(draft, context);
    case "worker":
      return worker(draft, context);
    case "cron":
      return cron(draft, context);
    default:
      return undefined;
  }
}

function web(draft: ContainerDraft, context: Context): Web | undefined {
  const settings = readSettings(webSchema, draft, context.findings);
  if (settings === undefined) return undefined;
  const port = portOf(draft, settings, context.findings);
  const base = container(draft, settings, { PORT: String(port ?? 0) }, context);
  if (base === undefined || port === undefined) return undefined;
  const grace = draft.compose.healthcheck?.start_period;
  const given = { ...(grace === undefined ? {} : { grace: Math.ceil(grace) }), ...settings.health };
  if (draft.compose.healthcheck !== undefined && settings.health?.path === undefined) {
    const message =
      "is the container's own; on AWS the load balancer asks `/` until `x-freehold.health` names a path";
    context.findings.note(`${draft.subject}.healthcheck`, message);
  }
  const count = countOf(draft, settings.scale?.min);
  return { ...base, type: "web", port, path: settings.path, health: healthCheck(defined(given)), count };
}

/** Drops what is undefined, which a spread would keep. */
function defined<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const result: Partial<Value> = {};
  return Object.assign(result, Object.fromEntries(entries));
}

function countOf({ compose }: ContainerDraft, min: number | undefined): number {
  return min ?? compose.deploy?.replicas ?? compose.scale ?? 1;
}

/** The one port that gets traffic. */
function portOf(draft: ContainerDraft, settings: WebSettings, findings: Findings): number | undefined {
  if (settings.port !== undefined) return settings.port;
  const { compose, subject, service: tree } = draft;
  const published = (compose.ports ?? [])
    .filter(({ protocol }) => protocol === "tcp")
    .map(({ target }) => target);
  const ports = [...new Set(published.length > 0 ? published : (compose.expose ?? []))];
  if (ports.length === 1) return ports[0];
  const message =
    ports.length === 0 ? "has no TCP port" : `has several ports (${ports.join(", ")}); one gets traffic`;
  const hint = `say which with \`x-freehold.port: ${ports[0] ?? 8000}\``;
  findings.problem({
    code: "port",
    subject: `${subject}.ports`,
    message,
    hint,
    place: placeAt(tree, ["ports"]),
  });
  return undefined;
}

function worker(draft: ContainerDraft, context: Context): Worker | undefined {
  const settings = readSettings(workerSchema, draft, context.findings);
  const base = settings && container(draft, settings, {}, context);
  return base && { ...base, type: "worker", count: countOf(draft, settings.scale?.min) };
}

function cron(draft: ContainerDraft, context: Context): Cron | undefined {
  const settings = readSettings(cronSchema, draft, context.findings);
  const base = settings && container(draft, settings, {}, context);
  if (settings === undefined || base === undefined) return undefined;
  const written = settings.schedule;
  const translated = translateCron(written);
  if (translated.kind === "schedule")
    return { ...base, type: "cron", schedule: translated.schedule, written, timezone: settings.timezone };
  const place = placeAt(draft.settings, ["schedule"]);
  const subject = `${draft.settingsSubject}.schedule`;
  context.findings.problem({
    code: "schedule",
    subject,
    message: `\`${written}\`: ${translated.reason}`,
    place,
  });
  return undefined;
}

function site(draft: ContainerDraft, context: Context): Site | undefined {
  const settings = readSettings(siteSchema, draft, context.findings);
  const source = settings && siteSource(draft, settings, context.findings);
  if (settings === undefined || source === undefined) return undefined;
  const { path, mode } = settings;
  return { type: "site", name: draft.name, path, mode, source, reason: reasonOf(draft) };
}

/** With a Compose build and no command of its own, the files are copied out of the built image. */
function siteSource(
  draft: ContainerDraft,
  settings: SiteSettings,
  findings: Findings,
): Site["source"] | undefined {
  const build = draft.compose.build && buildOf(draft.compose.build, draft.service, draft.subject, findings);
  if (draft.compose.build !== undefined && build === undefined) return undefined;
  const report = (key: string, message: string, hint: string) =>
    void findings.problem({
      code: "site",
      subject: `${draft.settingsSubject}.${key}`,
      message,
      hint,
      place: placeAt(draft.settings, [key]),
    });
  if (build !== undefined && settings.build === undefined) {
    if (settings.output.startsWith("/")) return { kind: "image", build, output: settings.output };
    return report(
      "output",
      `\`${settings.output}\` must be a path inside the built image, such as /usr/share/nginx/html`,
      "or write `x-freehold.build`, a command that makes the folder on this machine",
    );
  }
  const folder = projectPath(settings.folder ?? build?.context ?? ".");
  const output = projectPath(settings.output);
  if (folder === undefined)
    return report(
      "folder",
      `\`${settings.folder}\` is not a folder of the project`,
      "write a path such as `./web`",
    );
  if (output === undefined)
    return report(
      "output",
      `\`${settings.output}\` is not a folder of the project`,
      "write a path such as `dist`",
    );
  return { kind: "host", folder, command: settings.build ?? "true", output };
}
