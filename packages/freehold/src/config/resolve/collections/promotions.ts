import type { Findings } from "../../findings.ts";
import { hintFor } from "../../suggest.ts";
import { placeAt, type Section } from "../../yaml/tree.ts";
import type { WrittenEnvironment } from "./written-environments.ts";

type Promotion = readonly [to: WrittenEnvironment, from: WrittenEnvironment];

/** Releases are taken over from an environment that there is, and in the end from one that makes its own. */
export function checkPromotions(
  environments: readonly WrittenEnvironment[],
  tree: Section,
  findings: Findings,
): void {
  const promotions = environments.flatMap((to): readonly Promotion[] => {
    const from = sourceOf(to, environments, tree, findings);
    return from === undefined ? [] : [[to, from]];
  });
  const sources = new Map(promotions);
  const told = new Set<WrittenEnvironment>();
  for (const [to] of promotions) {
    const round = roundFrom(to, sources);
    if (round.some((one) => told.has(one))) continue;
    for (const one of round) told.add(one);
    if (round.length > 0) reportRound(round, tree, findings);
  }
}

function sourceOf(
  to: WrittenEnvironment,
  environments: readonly WrittenEnvironment[],
  tree: Section,
  findings: Findings,
): WrittenEnvironment | undefined {
  const written = to.settings?.promote_from;
  if (written === undefined) return undefined;
  const found = environments.filter(({ name, fullName }) => written === name || written === fullName);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const names = found.map(({ fullName }) => `\`${fullName}\``).join(" or ");
  const [message, hint] =
    only === undefined
      ? [`\`${written}\` is no environment of this file`, hintFor(written, othersThan(to, environments))]
      : [`\`${written}\` is the name of several environments`, `write ${names}`];
  findings.problem({ code: "unknown-name", message, hint, ...whereOf(to, tree) });
  return undefined;
}

/** The other environments as each may be written: by its name alone where no other has it. */
function othersThan(to: WrittenEnvironment, environments: readonly WrittenEnvironment[]): readonly string[] {
  const byName = Map.groupBy(environments, ({ name }) => name);
  return environments
    .filter((one) => one !== to)
    .map(({ name, fullName }) => (byName.get(name)?.length === 1 ? name : fullName));
}

/** The environments that take over from each other, from this one back to it; empty where that has an end elsewhere. */
function roundFrom(
  start: WrittenEnvironment,
  sources: ReadonlyMap<WrittenEnvironment, WrittenEnvironment>,
): readonly WrittenEnvironment[] {
  const round: WrittenEnvironment[] = [];
  let one: WrittenEnvironment | undefined = start;
  while (one !== undefined && !round.includes(one)) {
    round.push(one);
    one = sources.get(one);
  }
  return one === start ? round : [];
}

function reportRound(round: readonly WrittenEnvironment[], tree: Section, findings: Findings): void {
  const [first] = round;
  if (first === undefined) return;
  const chain = [...round, first].map(({ name }) => name).join(" ← ");
  const message = round.length === 1 ? "names the environment itself" : `goes round: ${chain}`;
  const hint = "leave it out where releases are made";
  findings.problem({ code: "cycle", message, hint, ...whereOf(first, tree) });
}

function whereOf({ path }: WrittenEnvironment, tree: Section) {
  const full = [...path, "promote_from"];
  return { subject: full.join("."), place: placeAt(tree, full) };
}
