import type { Cron, Service, Web, Worker } from "../../app/application.ts";
import { translateCron } from "../../app/cron.ts";
import { healthCheck } from "../../app/health.ts";
import { cronSchema } from "../cron.ts";
import type { Findings } from "../findings.ts";
import { type WebSettings, webSchema } from "../web.ts";
import { workerSchema } from "../worker.ts";
import { placeAt } from "../yaml/tree.ts";
import { type ContainerDraft, container } from "./container.ts";
import type { Context } from "./context.ts";
import { readSettings } from "./managed.ts";
import { site } from "./site.ts";

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
  const base = container(draft, settings, { PORT: String(port) }, context);
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

/** The one port that gets traffic; any number after a problem. */
function portOf(draft: ContainerDraft, settings: WebSettings, findings: Findings): number {
  if (settings.port !== undefined) return settings.port;
  const { compose, subject, service: tree, settingsSubject } = draft;
  const published = (compose.ports ?? [])
    .filter(({ protocol }) => protocol === "tcp")
    .map(({ target }) => target);
  const ports = [...new Set(published.length > 0 ? published : (compose.expose ?? []))];
  const written = [`${subject}.ports`, `${subject}.expose`, `${settingsSubject}.port`];
  if (ports.length === 1 || written.some((part) => findings.tells(part))) return ports[0] ?? 0;
  const message =
    ports.length === 0 ? "has no TCP port" : `has several ports (${ports.join(", ")}); one gets traffic`;
  const hint = `say which with \`x-freehold.port: ${ports[0] ?? 8000}\``;
  const place = placeAt(tree, ["ports"]);
  findings.problem({ code: "port", subject: `${subject}.ports`, message, hint, place });
  return 0;
}

function worker(draft: ContainerDraft, context: Context): Worker | undefined {
  const settings = readSettings(workerSchema, draft, context.findings);
  if (settings === undefined) return undefined;
  const base = container(draft, settings, {}, context);
  return { ...base, type: "worker", count: countOf(draft, settings.scale?.min) };
}

/** Without a schedule it is a container still, whose other mistakes are to be told. */
const unscheduledSchema = cronSchema.partial({ schedule: true });

function cron(draft: ContainerDraft, context: Context): Cron | undefined {
  const settings =
    readSettings(cronSchema, draft, context.findings) ??
    readSettings(unscheduledSchema, draft, context.findings);
  if (settings === undefined) return undefined;
  const base = container(draft, settings, {}, context);
  const { schedule: written, timezone } = settings;
  const translated = written === undefined ? undefined : translateCron(written);
  if (written === undefined || translated === undefined) return undefined;
  if (translated.kind === "schedule")
    return { ...base, type: "cron", schedule: translated.schedule, written, timezone };
  const place = placeAt(draft.settings, ["schedule"]);
  const subject = `${draft.settingsSubject}.schedule`;
  const message = `\`${written}\`: ${translated.reason}`;
  context.findings.problem({ code: "schedule", subject, message, place });
  return undefined;
}
