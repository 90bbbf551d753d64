import { isRunningType } from "../../app/calls.ts";
import { fileBindings } from "../../app/secret-file.ts";
import type { WorkerSettings } from "../worker.ts";
import { followAliases } from "./aliases.ts";
import { besideOf } from "./bindings/bind-credential.ts";
import { alwaysPresent, type BoundWritten, bindWritten } from "./bindings/bindings.ts";
import { noteHomeAddresses } from "./calls/home-addresses.ts";
import { noteNearNames } from "./calls/near-names.ts";
import type { Context } from "./context.ts";
import { type ContainerDraft, variablePrefix } from "./draft.ts";
import { mountsOf, mountVariables } from "./files/mounts.ts";
import { secretFilesOf } from "./files/secret-files.ts";
import { bindOutputs } from "./outputs.ts";
import { sorted, without } from "./records.ts";
import { distinct, isVolume, usesOf } from "./uses.ts";
import { collectVariables } from "./variables.ts";

type Settings = Pick<WorkerSettings, "variables" | "secrets" | "uses">;

/** What a container is told and given besides its image: variables, bindings, secrets, files and mounts. `own` are its type's. */
export function containerEnvironment(
  draft: ContainerDraft,
  settings: Settings,
  own: Readonly<Record<string, string>>,
  context: Context,
) {
  const secrets = [...new Set([...context.secrets, ...settings.secrets])].sort();
  const written = writtenVariables(draft, settings, new Set(secrets), context);
  const bound = boundVariables(written, draft, context);
  const secretFiles = secretFilesOf(draft, besideOf(bound), context);
  const inFiles = { ...bound.bindings, ...fileBindings(secretFiles) };
  const used = usesOf(draft, [...settings.uses, ...bound.uses], inFiles, context);
  const usedVolumes = used.resources.filter((name) => isVolume(name, context));
  const mounts = mountsOf(draft, usedVolumes, context.volumes, context.findings);
  const present = alwaysPresent(used.resources, { ...bound, bindings: inFiles }, context);
  const taken = new Set([...Object.values(written).flatMap((part) => [...part.keys()]), ...secrets]);
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
  const existingSecrets = Object.fromEntries(written.existing);
  const all = { variables, bindings, existingSecrets, secrets };
  const meant = followAliases(written.aliases, all, context.findings);
  const existing = sorted({ ...existingSecrets, ...meant.existingSecrets });
  return {
    variables: sorted({ ...variables, ...meant.variables }),
    taskVariables: sorted(bound.away),
    calls: distinct([...bound.calls, ...used.calls]),
    bindings: sorted({ ...bindings, ...meant.bindings }),
    secrets,
    ...(meant.ownUrls.length === 0 ? {} : { ownUrls: meant.ownUrls }),
    ...(Object.keys(existing).length === 0 ? {} : { existingSecrets: existing }),
    ...(secretFiles.length === 0 ? {} : { secretFiles }),
    uses: used.resources,
    mounts,
  };
}

/** What the files say, but for what is a secret of the same name. */
function writtenVariables(
  { service, compose, subject, place, settings, settingsSubject }: ContainerDraft,
  { variables: values }: Settings,
  secrets: ReadonlySet<string>,
  { around, shell, environmentFiles: files, findings }: Context,
) {
  const own = { values, subject: settingsSubject, section: settings };
  const request = { service, compose, around, own, shell, files, subject, place };
  const { plain, aliases, outputs, existing } = collectVariables(request, findings);
  return {
    plain: except(plain, secrets),
    aliases,
    outputs: except(outputs, secrets),
    existing: except(existing, secrets),
  };
}

function boundVariables(
  { plain, outputs }: Pick<ReturnType<typeof writtenVariables>, "plain" | "outputs">,
  draft: ContainerDraft,
  context: Context,
): BoundWritten {
  noteNearNames(plain, draft.name, context);
  noteHomeAddresses(plain, draft.name, context);
  const named = bindWritten(plain, draft, context);
  return { ...named, bindings: { ...named.bindings, ...bindOutputs(outputs, context) } };
}

function except<Value>(
  map: ReadonlyMap<string, Value>,
  names: ReadonlySet<string>,
): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([name]) => !names.has(name)));
}
