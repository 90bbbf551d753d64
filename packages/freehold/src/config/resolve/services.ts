import type { Cron, Job, Private, Service, Web, Worker } from "../../app/application.ts";
import { translateCron } from "../../app/cron.ts";
import { healthCheck } from "../../app/health.ts";
import { cronSchema } from "../cron.ts";
import type { Findings } from "../findings.ts";
import { jobSchema } from "../job.ts";
import { privateSchema } from "../private.ts";
import { type WebSettings, webSchema } from "../web.ts";
import { workerSchema } from "../worker.ts";
import { placeAt } from "../yaml/tree.ts";
import { container } from "./container.ts";
import { containerCheck } from "./container-check.ts";
import type { Context } from "./context.ts";
import type { ContainerDraft } from "./draft.ts";
import { isLoopbackAddress } from "./infer.ts";
import { likelyPorts } from "./likely-ports.ts";
import { readSettings } from "./managed.ts";
import { portsIn } from "./ports.ts";
import { site } from "./site.ts";

/** A service of one environment; undefined after a problem. */
export function service(draft: ContainerDraft, context: Context): Service | undefined {
  switch (draft.inferred.type) {
    case "site":
      return site(draft, context);
    case "web":
      return web(draft, context);
    case "private":
      return privateService(draft, context);
    case "worker":
      return worker(draft, context);
    case "cron":
      return cron(draft, context);
    case "job":
      return job(draft, context);
    default:
      return undefined;
  }
}

function web(draft: ContainerDraft, context: Context): Web | undefined {
  const settings = readSettings(webSchema, draft, context.findings);
  if (settings === undefined) return undefined;
  const port = portOf(draft, settings, context.findings);
  noteOtherPorts(draft, port, context.findings);
  const base = container(draft, settings, { PORT: String(port) }, context);
  const grace = draft.compose.healthcheck?.start_period;
  const given = { ...(grace === undefined ? {} : { grace: Math.ceil(grace) }), ...settings.health };
  if (draft.compose.healthcheck !== undefined && settings.health?.path === undefined) {
    const message =
      "is the container's own; on AWS the load balancer asks `/` until `x-freehold.health` names a path";
    context.findings.note(`${draft.subject}.healthcheck`, message);
  }
  const count = countOf(draft, settings.scale?.min);
  return {
    ...base,
    type: "web",
    port,
    otherPorts: otherPorts(port, draft),
    path: settings.path,
    health: healthCheck(defined(given)),
    count,
  };
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
  const tcp = (draft.compose.ports ?? []).filter(({ protocol }) => protocol === "tcp");
  const open = tcp.filter(({ address }) => address === undefined || !isLoopbackAddress(address));
  const published = (open.length > 0 ? open : tcp).map(({ target }) => target);
  const ports = likelyPorts(
    [...new Set(published.length > 0 ? published : (draft.compose.expose ?? []))],
    draft.compose,
  );
  if (ports.length > 1)
    reportPort(draft, `has several ports (${ports.join(", ")}); one gets traffic`, ports, findings);
  return firstOf(ports, draft, findings);
}

/** The first of a service's ports; it has to have one. */
function firstOf(ports: readonly number[], draft: ContainerDraft, findings: Findings): number {
  if (ports.length === 0) reportPort(draft, "has no TCP port", ports, findings);
  return ports[0] ?? 0;
}

/** What a problem of the ports themselves has told already is not told again. */
function reportPort(
  { subject, service, settingsSubject }: ContainerDraft,
  message: string,
  ports: readonly number[],
  findings: Findings,
): void {
  const written = [`${subject}.ports`, `${subject}.expose`, `${settingsSubject}.port`];
  if (written.some((part) => findings.tells(part))) return;
  const hint = `say which with \`x-freehold.port: ${ports[0] ?? 8000}\``;
  const place = placeAt(service, ["ports"]);
  findings.problem({ code: "port", subject: `${subject}.ports`, message, hint, place });
}

function otherPorts(port: number, draft: ContainerDraft): readonly number[] {
  return portsIn(draft).filter((one) => one !== port);
}

function privateService(draft: ContainerDraft, context: Context): Private | undefined {
  const settings = readSettings(privateSchema, draft, context.findings);
  if (settings === undefined) return undefined;
  const port = firstOf(portsIn(draft), draft, context.findings);
  const base = container(draft, settings, { PORT: String(port) }, context);
  const check = containerCheck(draft, context.findings);
  const count = countOf(draft, settings.scale?.min);
  return {
    ...base,
    type: "private",
    port,
    otherPorts: otherPorts(port, draft),
    ...(check === undefined ? {} : { check }),
    count,
  };
}

function job(draft: ContainerDraft, context: Context): Job | undefined {
  const settings = readSettings(jobSchema, draft, context.findings);
  if (settings === undefined) return undefined;
  const base = container(draft, settings, {}, context);
  return { ...base, type: "job", isAwaited: context.awaited.has(draft.name) };
}

function noteOtherPorts({ compose, subject }: ContainerDraft, port: number, findings: Findings): void {
  const others = (compose.ports ?? []).filter((one) => one.target !== port || one.protocol !== "tcp");
  const names = [
    ...new Set(
      others.map(({ target, protocol }) => (protocol === "tcp" ? `${target}` : `${target}/${protocol}`)),
    ),
  ];
  if (port === 0 || names.length === 0) return;
  findings.note(`${subject}.ports`, `${names.join(", ")} get no traffic on AWS: HTTP reaches ${port} alone`);
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
