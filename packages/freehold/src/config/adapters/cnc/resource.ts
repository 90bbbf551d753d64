import { mapped, noted, type Rules, type Target } from "../rules.ts";

/** Something with no container at home. */
export const resourceRules: Rules<Target> = {
  name: noted("names it"),
  type: mapped(["type"]),
};
