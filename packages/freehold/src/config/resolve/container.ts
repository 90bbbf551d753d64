import type { Build, Call, ContainerService, ImageSource, Platform } from "../../app/application.ts";
import type { Binding } from "../../app/binding.ts";
import { isRunningType } from "../../app/calls.ts";
import type { ConfigFile } from "../../app/config-file.ts";
import { fileBindings } from "../../app/secret-file.ts";
import type { BuildSection } from "../compose/build.ts";
import type { ComposeService } from "../compose/service.ts";
import type { Findings } from "../findings.ts";
import { projectPath } from "../paths.ts";
import type { WorkerSettings } from "../worker.ts";
import { placeAt, type Section } from "../yaml/tree.ts";
import { followAliases } from "./aliases.ts";
import { besideOf } from "./bindings/bind-credential.ts";
import { alwaysPresent, bindWritten } from "./bindings/bindings.ts";
import type { Context } from "./context.ts";
import { dependenciesOf, placeOfItem } from "./dependencies.ts";
import { type Draft, variablePrefix } from "./draft.ts";
import { callsInConfigs } from "./files/config-calls.ts";
import { checkTargets } from "./files/config-targets.ts";
import { placedConfigs } from "./files/configs.ts";
import { mountsOf, mountVariables } from "./files/mounts.ts";
import { secretFilesOf } from "./files/secret-files.ts";
import { reasonOf } from "./managed.ts";
import { bindOutputs } from "./outputs.ts";
import { sandboxOf } from "./sandbox.ts";
import { lookUp } from "./scope.ts";
import { taskSize } from "./task-size.ts";
import { collectVariables } from "./variables.ts";

/** A draft whose Compose part has been read. */
export interface ContainerDraft extends Draft {
  readonly service: Section;
  readonly compose: ComposeService;
}

type ContainerSettings = Omit<WorkerSettings, "type" | "scale">;

/** Everything that containers of all types have alike. `own` are variables of the type itself, such as PORT. */
export function container(
  draft: ContainerDraft,
  settings: ContainerSettings,
  own: Readonly<Record<string, string>>,
  context: Context,
): Omit<ContainerService, "type" | "count"> {
  const { compose } = draft;
  const image = imageSource(draft, context.findings);
  const network = compose.network_mode;
  if (network !== undefined && network !== "bridge")
    context.findings.note(
      `${draft.subject}.network_mode`,
      `\`${network}\` means nothing on AWS: each task has its own network`,
    );
  const platform = platformOf(draft, context.findings);
  const stopGrace = stopGraceOf(draft, context.findings);
  const size = taskSize(draft, settings, context.findings);
  const sandbox = sandboxOf(draft, size, context.findings);
  const environment = environmentOf(draft, settings, own, context);
  const placed = placedConfigs(draft, context);
  checkTargets(placed, { mounts: environment.mounts, sandbox }, context.findings);
  return {
    name: draft.name,
    image,
    platform,
    ...optional("entrypoint", compose.entrypoint),
    ...optional("command", compose.command),
    ...optional("workingDirectory", compose.working_dir),
    ...optional("user", compose.user),
    ...optional("sandbox", sandbox),
    size,
    ...environment,
    calls: distinct([...environment.calls, ...callsInConfigs(placed, draft, context)]),
    ...(placed.length === 0 ? {} : { configs: placed.map(({ file }) => file).sort(byPath) }),
    ...optional("stopSignal", compose.stop_signal),
    dependsOn: dependenciesOf(draft, context).filter((name) => context.scope.get(name)?.kind === "container"),
    stopGrace,
    ...(settings.shared ? { shared: true } : {}),
    ...optional("release", settings.release),
    ...optional("seed", settings.seed),
    reason: reasonOf(draft),
  };
}

function byPath(a: ConfigFile, b: ConfigFile): number {
  return a.path < b.path ? -1 : 1;
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): Partial<Record<Key, Value>> {
  const entry: Partial<Record<Key, Value>> = {};
  if (value !== undefined) entry[key] = value;
  return entry;
}

function environmentOf(
  draft: ContainerDraft,
  settings: ContainerSettings,
  own: Readonly<Record<string, string>>,
  context: Context,
) {
  const { compose, service, subject, place } = draft;
  const { around, shell, environmentFiles: files, findings } = context;
  const {
    plain: written,
    aliases,
    outputs,
    existing,
  } = collectVariables(
    { service, compose, around, own: settings.variables, shell, files, subject, place },
    findings,
  );
  const secrets = [...new Set([...context.secrets, ...settings.secrets])].sort();
  const existingSecrets = Object.fromEntries([...existing].filter(([name]) => !secrets.includes(name)));
  const plain = new Map([...written].filter(([name]) => !secrets.includes(name)));
  const named = bindWritten(plain, draft, context);
  const told = bindOutputs(
    new Map([...outputs].filter(([name]) => !secrets.includes(name))),
    subject,
    context,
  );
  const bound = { ...named, bindings: { ...named.bindings, ...told } };
  const secretFiles = secretFilesOf(draft, besideOf(bound), context);
  const inFiles = { ...bound.bindings, ...fileBindings(secretFiles) };
  const used = usesOf(draft, [...settings.uses, ...bound.uses], inFiles, context);
  const uses = used.resources;
  const usedVolumes = uses.filter((name) => isVolume(name, context));
  const mounts = mountsOf(draft, usedVolumes, context.volumes, context.findings);
  const present = alwaysPresent(uses, { ...bound, bindings: inFiles }, context);
  const taken = new Set([
    ...plain.keys(),
    ...aliases.keys(),
    ...outputs.keys(),
    ...existing.keys(),
    ...secrets,
  ]);
  const added = {
    FREEHOLD_APP: context.application,
    FREEHOLD_ENVIRONMENT: context.environment,
    ...own,
    ...present.variables,
    ...mountVariables(mounts, usedVolumes, variablePrefix),
  };
  const isAway = !isRunningType(draft.inferred.type);
  const variables = { ...without(added, taken), ...bound.variables, ...(isAway ? bound.away : {}) };
  const bindings = { ...without(present.bindings, taken), ...bound.bindings };
  const meant = followAliases(aliases, { variables, bindings, existingSecrets, secrets }, subject, findings);
  return {
    variables: sorted({ ...variables, ...meant.variables }),
    taskVariables: sorted(bound.away),
    calls: distinct([...bound.calls, ...used.calls]),
    bindings: sorted({ ...bindings, ...meant.bindings }),
    secrets,
    ...(existing.size === 0
      ? {}
      : { existingSecrets: sorted({ ...existingSecrets, ...meant.existingSecrets }) }),
    ...(secretFiles.length === 0 ? {} : { secretFiles }),
    uses,
    mounts,
  };
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  names: ReadonlySet<string>,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.has(name)));
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What it says it uses, depends on, or names in a URL. */
function usesOf(
  draft: ContainerDraft,
  uses: readonly string[],
  bindings: Readonly<Record<string, Binding>>,
  context: Context,
): { readonly resources: readonly string[]; readonly calls: readonly Call[] } {
  const names = new Set<string>(Object.values(bindings).map((binding) => binding.resource));
  const calls: Call[] = [];
  for (const name of uses) {
    if (isVolume(name, context)) {
      names.add(name);
      continue;
    }
    const where = {
      subject: `${draft.settingsSubject}.uses`,
      place: placeOfItem(draft.settings, "uses", name),
      findings: context.findings,
    };
    const target = lookUp(name, context.scope, { ...where, wanted: "resource" });
    if (target?.kind === "resource") names.add(name);
    else if (target?.kind === "container" && target.ports.length > 0) calls.push(...callsOf(name, target));
    else if (target?.kind === "container" || target?.kind === "site") {
      const message = `\`${name}\` cannot be called; \`uses\` names resources, and services with a port`;
      context.findings.problem({ code: "uses", subject: where.subject, message, place: where.place });
    }
  }
  for (const name of dependenciesOf(draft, context)) {
    const target = context.scope.get(name);
    if (target?.kind === "resource") names.add(name);
    if (target?.kind === "container") calls.push(...callsOf(name, target));
  }
  return { resources: [...names].sort(), calls };
}

function callsOf(service: string, { ports }: { readonly ports: readonly number[] }): readonly Call[] {
  return ports.map((port) => ({ service, port }));
}

function distinct(calls: readonly Call[]): readonly Call[] {
  const byKey = new Map(calls.map((call) => [`${call.service}:${call.port}`, call]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call);
}

/** A volume may have the name of a service, or of a database whose data it holds at home. */
function isVolume(name: string, { scope, volumes }: Context): boolean {
  const target = scope.get(name);
  return volumes.has(name) && (target?.kind !== "resource" || target.type === "volume");
}

/** Where the image comes from; an image of no name after a problem. */
function imageSource({ compose, subject, place, service }: ContainerDraft, findings: Findings): ImageSource {
  const build = compose.build && buildOf(compose.build, service, subject, findings);
  if (build !== undefined) return { kind: "build", build };
  const reference = compose.image ?? "";
  const written = [`${subject}.image`, `${subject}.build`];
  if (reference === "" && !written.some((part) => findings.tells(part))) {
    const message = "has neither `build` nor `image`";
    findings.problem({ code: "no-image", subject, message, hint: "say where its image comes from", place });
  }
  return { kind: "image", reference };
}

export function buildOf(
  section: BuildSection,
  service: Section,
  subject: string,
  findings: Findings,
): Build | undefined {
  const context = projectPath(section.context);
  if (context === undefined) {
    const message = `\`${section.context}\` is not a folder of the project; other contexts are not built yet`;
    const place = placeAt(service, ["build", "context"]);
    findings.problem({
      code: "context",
      subject: `${subject}.build`,
      message,
      hint: "write a path such as `./api`",
      place,
    });
    return undefined;
  }
  const args = Object.entries(section.args).map(([name, value]): [string, string] => [name, value ?? ""]);
  return {
    context,
    dockerfile: dockerfileOf(section, service, subject, findings),
    ...optional("target", section.target),
    args: sorted(Object.fromEntries(args)),
  };
}

function dockerfileOf(
  { dockerfile: path, dockerfile_inline: text }: BuildSection,
  service: Section,
  subject: string,
  findings: Findings,
): Build["dockerfile"] {
  if (path !== undefined && text !== undefined) {
    const message = "and `dockerfile` are two; write one of them";
    const place = placeAt(service, ["build", "dockerfile_inline"]);
    findings.problem({ code: "value", subject: `${subject}.build.dockerfile_inline`, message, place });
  }
  if (text !== undefined) return { text };
  return path === undefined ? "Dockerfile" : (projectPath(path) ?? path);
}

function platformOf({ compose, service, subject }: ContainerDraft, findings: Findings): Platform {
  switch (compose.platform) {
    case undefined:
    case "linux/amd64":
    case "linux/x86_64":
      return "linux/amd64";
    case "linux/arm64":
    case "linux/arm64/v8":
      return "linux/arm64";
    default: {
      const message = `\`${compose.platform}\` does not run on Fargate; use linux/amd64 or linux/arm64`;
      findings.problem({
        code: "platform",
        subject: `${subject}.platform`,
        message,
        place: placeAt(service, ["platform"]),
      });
      return "linux/amd64";
    }
  }
}

/** Compose's own: https://docs.docker.com/reference/compose-file/services/#stop_grace_period. */
const defaultStopGrace = 10;

function stopGraceOf({ compose, service, subject }: ContainerDraft, findings: Findings): number {
  const seconds = Math.ceil(compose.stop_grace_period ?? defaultStopGrace);
  if (seconds > 120) {
    const message = `${seconds} s is too long; Fargate stops a task after 120 s at most`;
    const place = placeAt(service, ["stop_grace_period"]);
    findings.problem({ code: "value", subject: `${subject}.stop_grace_period`, message, place });
  }
  return Math.max(2, seconds);
}
