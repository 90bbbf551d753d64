import type { Section } from "../../yaml/tree.ts";
import type { Target } from "../rules.ts";

/** What the rules of a service need to know beside where its parts go. */
export interface ServiceContext extends Target {
  /** Its name. */
  readonly service: string;
  /** The service as written. */
  readonly tree: Section;
  /** Names of everything it may reach: in these tools, all there is. */
  readonly uses: readonly string[];
}
