import type { ContainerService } from "../../app/application.ts";
import type { ConfigFile } from "../../app/config-file.ts";
import type { Findings } from "../findings.ts";
import type { WorkerSettings } from "../worker.ts";
import { placeAt } from "../yaml/tree.ts";
import { containerEnvironment } from "./container-environment.ts";
import type { Context } from "./context.ts";
import { dependenciesOf } from "./dependencies.ts";
import type { ContainerDraft } from "./draft.ts";
import { callsInConfigs } from "./files/config-calls.ts";
import { checkTargets } from "./files/config-targets.ts";
import { placedConfigs } from "./files/configs.ts";
import { imageSource, platformOf } from "./image-source.ts";
import { reasonOf } from "./managed.ts";
import { optional } from "./records.ts";
import { sandboxOf } from "./sandbox.ts";
import { taskSize } from "./task-size.ts";
import { distinct } from "./uses.ts";

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
  const environment = containerEnvironment(draft, settings, own, context);
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
