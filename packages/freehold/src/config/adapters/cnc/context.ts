import type { Entry } from "../../yaml/tree.ts";
import type { Target } from "../rules.ts";

/** What the rules of a service need to know beside where its parts go. */
export interface ServiceContext extends Target {
  /** Its name. */
  readonly service: string;
  /** What its workers and scheduled tasks have of it, by Compose's key: image, variables, size. */
  readonly shared: ReadonlyMap<string, Entry>;
  /** Names of everything it may reach. */
  readonly uses: readonly string[];
  /** Where it is built. */
  readonly folder: string;
  /** Nothing outside reaches it. */
  readonly isInternal: boolean;
  /** A command makes the files of the site. */
  readonly hasBuild: boolean;
  /** How many tasks run where no scale says more. */
  readonly replicas: number;
  /** Names of all the file's services. */
  readonly taken: ReadonlySet<string>;
}
