import type { Findings } from "../../findings.ts";
import { usualRange } from "../../network.ts";
import { overlap, parseRange } from "../../network-range.ts";
import { partAt, type Section } from "../../yaml/tree.ts";
import type { Collections } from "./written-environments.ts";

/** Networks of the same addresses work, each for itself; that nothing can ever join them is told while it can be changed. */
export function noteOverlaps(collections: Collections, tree: Section, findings: Findings): void {
  const networks = Object.entries(collections).flatMap(([name, own]) => {
    const path = ["x-freehold", "collections", name, "network", "cidr"];
    const isWritten = partAt(tree, path) !== undefined;
    const cidr = own?.network.cidr ?? usualRange;
    const range = parseRange(cidr);
    return range === undefined ? [] : [{ name, subject: path.join("."), cidr, range, isWritten }];
  });
  for (const [index, one] of networks.entries()) {
    const other = networks
      .slice(0, index)
      .find((before) => overlap(before.range, one.range) && (before.isWritten || one.isWritten));
    if (other === undefined) continue;
    const message = `${one.cidr} overlaps ${other.cidr} of \`${other.name}\`: networks that overlap can never be joined, and neither can be changed later`;
    findings.note(one.subject, message);
  }
}
