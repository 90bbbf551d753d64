import type { Findings } from "../../findings.ts";
import type { Section } from "../../yaml/tree.ts";
import { checkHosts } from "./host-claims.ts";
import { noteOverlaps } from "./network-overlaps.ts";
import { checkPromotions } from "./promotions.ts";
import { type Collections, writtenEnvironments } from "./written-environments.ts";

/** What collections and environments must not have in common, and how they name each other. */
export function checkCollections(collections: Collections, tree: Section, findings: Findings): void {
  const environments = writtenEnvironments(collections);
  checkPromotions(environments, tree, findings);
  checkHosts(collections, environments, tree, findings);
  noteOverlaps(collections, tree, findings);
}
