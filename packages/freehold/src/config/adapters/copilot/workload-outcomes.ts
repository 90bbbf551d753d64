import { type Entry, type Section, section, type Tree, toValue } from "../../yaml/tree.ts";
import { type Names, native } from "./interpolation.ts";
import { prefix } from "./keys/publish.ts";
import { defaultQueue, queueName } from "./keys/subscribe.ts";
import { manifestKeys } from "./manifests.ts";
import { assemble } from "./native.ts";
import { namesEnvironment, overridden, spread } from "./per-environment.ts";
import { type Becomes, type KeyTable, mapped, noted, type Write, without } from "./treatment.ts";
import { type Outcome, walk } from "./walk.ts";
import type { Workload, WorkloadType } from "./workload.ts";

/** What the manifests of a workspace share. */
export type Surroundings = Omit<Names, "environment">;

/** The fate of every key of a manifest, its environments' own keys included. */
export function workloadOutcomes(
  workload: Workload,
  type: WorkloadType,
  surroundings: Surroundings,
): readonly Outcome[] {
  const keys = manifestKeys[type];
  const written = [...walk(keys, withoutEnvironments(workload.manifest), "", workload), ...queueOf(workload)];
  const base = assemble(writesOf(written), workload.manifest.place);
  const own = written.map((outcome) => ({
    ...outcome,
    becomes: resolved(outcome.becomes, base, surroundings),
  }));
  return [...own, ...overridesOf(workload, keys, base, surroundings)];
}

/** What the manifest says of single environments. */
function overridesOf(
  workload: Workload,
  keys: KeyTable<Workload>,
  base: Section,
  surroundings: Surroundings,
): readonly Outcome[] {
  const entry = workload.manifest.entries.get("environments");
  if (entry === undefined) return [];
  if (entry.value.kind !== "section") return [empty("environments", entry)];
  return [...entry.value.entries].flatMap(([environment, part]) => {
    const key = `environments.${environment}`;
    if (part.value.kind !== "section") return [empty(key, part)];
    return walk(keys, part.value, key, { ...workload, environment }).map((outcome) => ({
      ...outcome,
      becomes: filled(overridden(outcome.becomes, environment, base), { ...surroundings, environment }),
    }));
  });
}

function empty(key: string, { place }: Entry): Outcome {
  return { key, place, becomes: noted("says nothing") };
}

function withoutEnvironments(manifest: Section): Section {
  return section(
    [...manifest.entries].filter(([key]) => key !== "environments"),
    manifest.place,
  );
}

/** A worker that subscribes has a queue; the key itself has no other row. */
function queueOf(workload: Workload): readonly Outcome[] {
  const entry = workload.manifest.entries.get("subscribe");
  if (workload.type !== "worker" || entry === undefined) return [];
  const written = {
    name: "subscribe",
    key: "subscribe",
    value: entry.value,
    place: entry.place,
    context: workload,
  };
  const message = `the worker reads \`${prefix(queueName(workload))}_URL\` where Copilot gave it \`COPILOT_QUEUE_URI\``;
  return [{ key: "subscribe", place: entry.place, becomes: mapped(defaultQueue(written), message) }];
}

function writesOf(outcomes: readonly Outcome[]): readonly Write[] {
  return outcomes.flatMap(({ becomes }) => (becomes.outcome === "mapped" ? becomes.writes : []));
}

/** With names filled in; a value that names the environment is written for each. */
function resolved(becomes: Becomes, base: Section, surroundings: Surroundings): Becomes {
  const { environments } = surroundings;
  const [only, ...others] = environments;
  if (becomes.outcome !== "mapped" || !becomes.writes.some(({ value }) => namesEnvironment(value)))
    return filled(becomes, surroundings);
  if (others.length === 0)
    return filled(becomes, { ...surroundings, ...(only === undefined ? {} : { environment: only }) });
  const writes = becomes.writes.flatMap((one) => eachEnvironment(one, base, surroundings) ?? []);
  return writes.length === 0
    ? without("names the environment, and is the same in every environment here")
    : mapped(writes, becomes.message);
}

function eachEnvironment(
  one: Write,
  base: Section,
  surroundings: Surroundings,
): readonly Write[] | undefined {
  if (!namesEnvironment(one.value)) return [{ ...one, value: native(one.value, surroundings) }];
  const { environments } = surroundings;
  const [first, ...others] = environments.map((environment) =>
    native(one.value, { ...surroundings, environment }),
  );
  // A name in private DNS held the environment's name; without it all are alike.
  if (first !== undefined && others.every((other) => isAlike(first, other)))
    return [{ ...one, value: first }];
  return spread(one, environments, base)?.map(([environment, write]) => ({
    ...write,
    value: native(write.value, { ...surroundings, environment }),
  }));
}

function isAlike(one: Tree, other: Tree): boolean {
  return JSON.stringify(toValue(one)) === JSON.stringify(toValue(other));
}

function filled(becomes: Becomes, names: Names): Becomes {
  if (becomes.outcome !== "mapped") return becomes;
  const writes = becomes.writes.map((one) => ({ ...one, value: native(one.value, names) }));
  return mapped(writes, becomes.message);
}
