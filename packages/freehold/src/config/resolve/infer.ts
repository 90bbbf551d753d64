import type { Place } from "../../errors.ts";
import type { Findings } from "../findings.ts";
import { hintFor } from "../suggest.ts";
import { partAt, type Section, type Tree, toValue } from "../yaml/tree.ts";
import { isStandInForAws, type KnownImage, knownImage } from "./image.ts";
import { speakNoHttp } from "./likely-ports.ts";
import { publishedIn } from "./ports.ts";

/** Types that are a container of the user's. */
export const containerTypes = ["web", "private", "worker", "cron", "job"] as const;
const managedTypes = ["database", "cache", "bucket", "queue", "table"] as const;
const serviceTypes = ["site", ...containerTypes, ...managedTypes, "topic"] as const;
type ServiceType = (typeof serviceTypes)[number];

export type Inferred =
  | {
      readonly type: ServiceType | "volume";
      readonly reason: string;
      /** The service that answers `/` in its place. */
      readonly behind?: string;
      /** Its ports alone tell: nobody has written what it is. */
      readonly isGuess?: true;
    }
  | { readonly type: "ignored"; readonly standsFor?: "aws" }
  /** A problem was reported; what refers to the service is not to blame. */
  | { readonly type: "failed" };

interface Context {
  readonly subject: string;
  readonly place: Place;
  /** Ports at which other services call it. */
  readonly calledAt: readonly number[];
  /** Another service waits for its end. */
  readonly isAwaited: boolean;
  /** Profiles that run at home without being asked for; `*` for each. */
  readonly activeProfiles: ReadonlySet<string>;
  readonly findings: Findings;
}

const resourceTypes = [...managedTypes, "topic", "volume"] as const;

/** What an entry of `x-freehold.resources` is: it always says so. */
export function resourceType(
  settings: Section,
  context: Pick<Context, "subject" | "place" | "findings">,
): Inferred {
  const place = partAt(settings, ["type"])?.place ?? context.place;
  const value = textOf(settings, "type") ?? "";
  const type = resourceTypes.find((one) => one === value);
  if (type !== undefined) return { type, reason: "`type` says so" };
  reportType(value, place, `${context.subject}.type`, resourceTypes, context.findings);
  return { type: "failed" };
}

/** What a service becomes, and why (the table of the configuration language). */
export function inferType(service: Section, settings: Section | undefined, context: Context): Inferred {
  const written = partAt(settings, ["type"]);
  if (written !== undefined && settings !== undefined) return writtenType(service, settings, context);
  if (partAt(settings, ["schedule"]) !== undefined) return { type: "cron", reason: "it has a schedule" };
  return fromImage(service, context) ?? fromRuns(service, context) ?? fromPorts(service, context);
}

function ignored(service: Section): Inferred {
  const image = textOf(service, "image");
  const standsFor = image !== undefined && isStandInForAws(image);
  return standsFor ? { type: "ignored", standsFor: "aws" } : { type: "ignored" };
}

function writtenType(service: Section, settings: Section, { subject, findings }: Context): Inferred {
  const value = textOf(settings, "type") ?? "";
  if (value === "ignore") return ignored(service);
  const type = serviceTypes.find((one) => one === value);
  if (type !== undefined) return { type, reason: "`type` says so" };
  const place = partAt(settings, ["type"])?.place ?? settings.place;
  reportType(value, place, `${subject}.x-freehold.type`, [...serviceTypes, "ignore"], findings);
  return { type: "failed" };
}

function reportType(
  value: string,
  place: Place,
  subject: string,
  allowed: readonly string[],
  findings: Findings,
): void {
  const message = value === "" ? "is missing" : `\`${value}\` is not a type`;
  findings.problem({ code: "unknown-type", subject, message, hint: hintFor(value, allowed), place });
}

function textOf(service: Section, key: string): string | undefined {
  const part = partAt(service, [key]);
  return part?.kind === "scalar" && part.value !== null ? String(part.value) : undefined;
}

function fromImage(service: Section, context: Context): Inferred | undefined {
  const image = textOf(service, "image");
  if (image === undefined || service.entries.has("build")) return undefined;
  const found = knownImage(image);
  return found === undefined ? undefined : fromKnownImage(found, image, service, context);
}

function fromKnownImage(
  found: KnownImage,
  image: string,
  service: Section,
  { subject, findings }: Context,
): Inferred | undefined {
  if (found.kind === "managed") return { type: found.type, reason: `its image is ${image}` };
  if (found.kind === "tool") {
    findings.note(subject, `${image} is a tool for home and is left out; name its \`type\` to keep it`);
    return ignored(service);
  }
  findings.note(subject, `${image} stays a container, ${whereDataLies(service)}; ${found.service}`);
  return publishes(service)
    ? { type: "private", reason: `the ports of ${image} are published for home` }
    : undefined;
}

/** Anonymous volumes and folders of the host are nothing that lasts. */
function whereDataLies(service: Section): string {
  const mounts = partAt(service, ["volumes"]);
  return mounts?.kind === "list" && mounts.items.length > 0
    ? "its data lies on EFS, in the volumes it mounts"
    : "which loses its data with its task: it mounts no volume";
}

/** What does not run all the time: Compose starts it when asked, by its profile, or once. */
function fromRuns(service: Section, { isAwaited, activeProfiles }: Context): Inferred | undefined {
  const profiles = partAt(service, ["profiles"]);
  const isActive = (profile: Tree) => activeProfiles.has(String(toValue(profile)));
  if (
    profiles?.kind === "list" &&
    profiles.items.length > 0 &&
    !activeProfiles.has("*") &&
    !profiles.items.some(isActive)
  )
    return { type: "job", reason: "it has a profile: it runs when asked" };
  if (textOf(service, "restart") === "no" && service.entries.has("command"))
    return { type: "job", reason: 'it has a command and `restart: "no"`' };
  return isAwaited ? { type: "job", reason: "others wait until it has ended" } : undefined;
}

function fromPorts(service: Section, { calledAt }: Context): Inferred {
  const tcp = publishedIn(service);
  if (publishes(service) && speakNoHttp(tcp))
    return { type: "private", reason: `port ${tcp.join(", ")} is none of HTTP` };
  if (publishes(service)) return { type: "web", reason: "it publishes a port", isGuess: true };
  if (portsOf(service).length > 0) return { type: "private", reason: "its ports are bound to 127.0.0.1" };
  const exposed = partAt(service, ["expose"]);
  if (exposed?.kind === "list" && exposed.items.length > 0)
    return { type: "private", reason: "it exposes a port and publishes none" };
  return calledAt.length > 0
    ? { type: "private", reason: `others call it at port ${calledAt.join(", ")}` }
    : { type: "worker", reason: "it has no port" };
}

function portsOf(service: Section): readonly Tree[] {
  const ports = partAt(service, ["ports"]);
  return ports?.kind === "list" ? ports.items : [];
}

/** Beyond this machine. */
function publishes(service: Section): boolean {
  return portsOf(service).some((port) => !isLoopback(port));
}

function isLoopback(port: Parameters<typeof partAt>[0]): boolean {
  if (port?.kind === "scalar") return /^(127\.|\[::1\]|localhost:)/.test(String(port.value));
  const address = partAt(port, ["host_ip"]);
  return address?.kind === "scalar" && isLoopbackAddress(String(address.value));
}

/** An address of this machine alone. */
export function isLoopbackAddress(address: string): boolean {
  return /^(127\.|\[?::1\]?$|localhost$)/.test(address);
}
