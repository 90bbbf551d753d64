import type { Clock, Store } from "../platform.ts";
import type { Configuration, HealthCheck, TargetGroup } from "./configuration.ts";
import { afterProbe, type Phase, type Probe, registered } from "./health.ts";

/** What outlives a stop: who is registered where. Health is found out anew. */
export interface RegisteredTarget {
  readonly id: string;
  readonly port: number;
  readonly zone?: string;
}
export type Registrations = Readonly<Record<string, readonly RegisteredTarget[]>>;

/** A registered or draining target. */
export interface Target extends RegisteredTarget {
  readonly phase: Phase;
  /** Aborts when the deregistration delay is over: what is still in flight then breaks off. */
  readonly cutOff: AbortController;
}

/** The targets of all groups: their registration, health checks and draining. */
export interface Targets {
  of(groupArn: string): readonly Target[];
  register(group: TargetGroup, targets: readonly RegisteredTarget[]): Promise<void>;
  /**
   * Starts draining: no new requests, and those under way may go on until the deregistration delay is over. A target is
   * `draining` all that time, even with nothing under way. Unknown ones are passed over, as AWS does.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
   */
  deregister(group: TargetGroup, targets: readonly RegisteredTarget[]): Promise<void>;
  /** Checks follow the groups' settings; the targets of groups that are gone are forgotten. */
  follow(configuration: Configuration): void;
  stop(): void;
}

export type ProbeTarget = (check: HealthCheck, host: string, port: number) => Promise<Probe>;

interface Entry {
  target: Target;
  cancel: () => void;
}

/** Starts from what the store holds. */
export function createTargets(store: Store<Registrations>, clock: Clock, probe: ProbeTarget): Targets {
  const table = new Map<string, Map<string, Entry>>();
  let groups: ReadonlyMap<string, TargetGroup> = new Map();
  let stopped = false;

  for (const [arn, targets] of Object.entries(store.get())) {
    table.set(arn, new Map(targets.map((target) => [keyOf(target), newEntry(target)])));
  }

  const entriesOf = (arn: string): Map<string, Entry> => {
    const known = table.get(arn) ?? new Map<string, Entry>();
    table.set(arn, known);
    return known;
  };
  const save = async (): Promise<void> => {
    await store.update(() => registrationsOf(table));
  };
  const check = async (arn: string, entry: Entry): Promise<void> => {
    const group = groups.get(arn);
    if (stopped || entry.target.phase.state === "draining") return;
    if (group?.inUse !== true) {
      entry.cancel = idle;
      return;
    }
    const { healthCheck } = group;
    entry.cancel = clock.at(later(clock, healthCheck.intervalSeconds), () => void check(arn, entry));
    const outcome = await probe(healthCheck, entry.target.id, healthCheck.port ?? entry.target.port);
    entry.target = { ...entry.target, phase: afterProbe(entry.target.phase, outcome, healthCheck) };
  };

  return {
    of: (arn) => [...(table.get(arn)?.values() ?? [])].map(({ target }) => target),
    register: async (group, targets) => {
      const entries = entriesOf(group.arn);
      for (const target of targets) {
        const known = entries.get(keyOf(target));
        if (known !== undefined && known.target.phase.state !== "draining") continue;
        known?.cancel();
        const entry = newEntry(target);
        entries.set(keyOf(target), entry);
        void check(group.arn, entry);
      }
      await save();
    },
    deregister: async (group, targets) => {
      const entries = entriesOf(group.arn);
      for (const target of targets) {
        const entry = entries.get(keyOf(target));
        if (entry === undefined || entry.target.phase.state === "draining") continue;
        entry.cancel();
        entry.target = { ...entry.target, phase: { state: "draining" } };
        const end = later(clock, group.inUse ? group.deregistrationSeconds : 0);
        entry.cancel = clock.at(end, () => {
          entries.delete(keyOf(target));
          entry.target.cutOff.abort();
        });
      }
      await save();
    },
    follow: (configuration) => {
      groups = configuration.groups;
      for (const [arn, entries] of table) {
        if (!groups.has(arn)) {
          forget(entries);
          table.delete(arn);
          void save();
          continue;
        }
        for (const entry of entries.values()) if (entry.cancel === idle) void check(arn, entry);
      }
    },
    stop: () => {
      stopped = true;
      for (const entries of table.values()) forget(entries);
    },
  };
}

const idle = (): void => undefined;

function newEntry(target: RegisteredTarget): Entry {
  return { target: { ...target, phase: registered, cutOff: new AbortController() }, cancel: idle };
}

function forget(entries: ReadonlyMap<string, Entry>): void {
  for (const entry of entries.values()) {
    entry.cancel();
    entry.target.cutOff.abort();
  }
}

function keyOf({ id, port }: RegisteredTarget): string {
  return `${id}:${port}`;
}

function later(clock: Clock, seconds: number): Date {
  return new Date(clock.now().getTime() + seconds * 1000);
}

function registrationsOf(table: ReadonlyMap<string, ReadonlyMap<string, Entry>>): Registrations {
  return Object.fromEntries(
    [...table].map(([arn, entries]) => [
      arn,
      [...entries.values()]
        .filter(({ target }) => target.phase.state !== "draining")
        .map(({ target: { id, port, zone } }) => (zone === undefined ? { id, port } : { id, port, zone })),
    ]),
  );
}
