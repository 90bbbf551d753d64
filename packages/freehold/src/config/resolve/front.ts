import { dependsOnSchema } from "../compose/depends-on.ts";
import { partAt, type Section, toValue } from "../yaml/tree.ts";
import type { SeenCall } from "./calls/called.ts";
import { isWatcher, knownImage, parseImage } from "./image.ts";
import type { Inferred } from "./infer.ts";
import { homePortsOf } from "./ports.ts";

/** A service or resource of the file. */
interface Drafted {
  readonly name: string;
  readonly service?: Section;
  readonly settings: Section;
  readonly inferred: Inferred;
}

/**
 * The services with one front: where several publish ports and none says its path, the one that stands before the others answers
 * `/`, and the others are private. Where nothing tells which that is, they stay as they are, in each other's way.
 */
export function withOneFront<Draft extends Drafted>(
  all: readonly Draft[],
  calls: readonly SeenCall[],
): readonly Draft[] {
  const guessed = all.filter(isGuess);
  const front = all.find(ownsRoot)?.name ?? frontOf(guessed, calls)?.name;
  if (front === undefined) return all;
  return all.map((draft) =>
    isGuess(draft) && draft.name !== front ? { ...draft, inferred: behind(front) } : draft,
  );
}

/** A web service for its ports alone: none of its settings means the internet. */
function isGuess({ inferred, settings }: Drafted): boolean {
  const isWritten = ["path", "health", "port"].some((key) => settings.entries.has(key));
  return inferred.type === "web" && inferred.isGuess === true && !isWritten;
}

/** Answers `/` because the file says so. */
function ownsRoot(draft: Drafted): boolean {
  const { inferred, settings } = draft;
  if (inferred.type !== "site" && (inferred.type !== "web" || isGuess(draft))) return false;
  const path = partAt(settings, ["path"]);
  return path === undefined || (path.kind === "scalar" && path.value === "/");
}

function behind(front: string): Inferred {
  return { type: "private", reason: `\`${front}\` answers \`/\``, behind: front };
}

/** What is known of the services that may stand in front. */
interface Rival {
  readonly draft: Drafted;
  /** Names of the rivals to which it leads, through others as well. */
  readonly reached: ReadonlySet<string>;
  readonly isReached: boolean;
}

type Evidence = (rival: Rival, field: readonly Rival[]) => boolean;

/** Each narrows the field where it speaks for some, in this order. */
const evidence: readonly Evidence[] = [
  ({ isReached, reached }) => !isReached && reached.size > 0,
  ({ draft }) => isCalledLike(draft, /^(?:proxy|gateway|nginx|caddy|haproxy|traefik|envoy|ingress|edge)$/),
  ({ draft }) =>
    isCalledLike(
      draft,
      /^(?:front|frontend|web|webapp|www|site|website|client|ui|spa|portal|dashboards?|grafana|kibana)$/,
    ),
  ({ reached }, field) => reached.size === Math.max(...field.map((one) => one.reached.size)),
  ({ draft }) => [...homePortsOf(draft.service).keys()].some((port) => port === 80 || port === 443),
  ({ draft }, field) => field.some((other) => other.draft.name.startsWith(`${draft.name}-`)),
  ({ draft }) => !isCalledLike(draft, /^(?:api|back|backend|server|service|worker|admin|socket|ws)$/),
];

function frontOf(guessed: readonly Drafted[], calls: readonly SeenCall[]): Drafted | undefined {
  const others = guessed.filter(
    (draft) => !isWatcher(imageOf(draft) ?? draft.name) && !isCalledLikeStore(draft),
  );
  const all = rivals(others.length > 0 ? others : guessed, calls);
  const left = evidence.reduce((field, speaks) => {
    const kept = field.filter((rival) => speaks(rival, field));
    return kept.length > 0 ? kept : field;
  }, all);
  return left.length === 1 ? left[0]?.draft : undefined;
}

function rivals(guessed: readonly Drafted[], calls: readonly SeenCall[]): readonly Rival[] {
  const names = new Set(guessed.map(({ name }) => name));
  const called = Map.groupBy(calls, ({ caller }) => caller);
  const next = (draft: Drafted) =>
    [...dependenciesIn(draft), ...(called.get(draft.name) ?? []).map(({ host }) => host)].filter((name) =>
      names.has(name),
    );
  const steps = new Map(guessed.map((draft) => [draft.name, next(draft)]));
  const reached = new Map(guessed.map(({ name }) => [name, reachedFrom(name, steps)]));
  return guessed.map((draft) => ({
    draft,
    reached: reached.get(draft.name) ?? new Set(),
    isReached: guessed.some(({ name }) => reached.get(name)?.has(draft.name)),
  }));
}

function reachedFrom(start: string, steps: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const next of steps.get(name) ?? []) {
      if (next === start || found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(start);
  return found;
}

/** Built from a database's image, it tells by its name what it is: `db`, `orders-mongodb`. */
function isCalledLikeStore({ name }: Drafted): boolean {
  const [last = ""] = name.toLowerCase().split(/[-_]/).slice(-1);
  const found = knownImage(last);
  return ["db", "database"].includes(last) || found?.kind === "managed" || found?.kind === "stateful";
}

/** One of the words of its name, or its image. */
function isCalledLike(draft: Drafted, words: RegExp): boolean {
  const image = imageOf(draft);
  const names = [
    ...draft.name.toLowerCase().split(/[-_.\d]+/),
    image === undefined ? "" : parseImage(image).name,
  ];
  return names.some((word) => words.test(word));
}

function imageOf({ service }: Drafted): string | undefined {
  const image = partAt(service, ["image"]);
  return image?.kind === "scalar" && !service?.entries.has("build") ? String(image.value) : undefined;
}

function dependenciesIn({ service }: Drafted): readonly string[] {
  const written = partAt(service, ["depends_on"]);
  const read = written === undefined ? undefined : dependsOnSchema.safeParse(toValue(written)).data;
  return (read ?? []).map(({ name }) => name);
}
