import type { EnvironmentKind, Resource } from "../../app/application.ts";
import type { NamedSecret } from "../compose/secrets.ts";
import type { Disk } from "../disk.ts";
import type { Findings } from "../findings.ts";
import type { Variables } from "../yaml/interpolate.ts";
import type { Section } from "../yaml/tree.ts";
import type { OtherNames } from "./calls/other-names.ts";
import type { DatabaseDraft } from "./database-draft.ts";
import type { HomePorts } from "./ports.ts";
import type { Scope } from "./scope.ts";
import type { VariableLevel } from "./variables.ts";
import type { VolumeDraft } from "./volumes.ts";

/** What the services of one environment are resolved against. */
export interface Context {
  readonly application: string;
  readonly environment: string;
  readonly kind: EnvironmentKind;
  /** The file's own services, as they are written. */
  readonly services: Section;
  readonly scope: Scope;
  /** Services whose end another one waits for. */
  readonly awaited: ReadonlySet<string>;
  readonly homePorts: HomePorts;
  /** By service. */
  readonly otherNames: ReadonlyMap<string, OtherNames>;
  readonly databases: ReadonlyMap<string, DatabaseDraft>;
  readonly otherResources: readonly Exclude<Resource, { type: "database" | "volume" }>[];
  readonly volumes: ReadonlyMap<string, VolumeDraft>;
  /** `x-freehold.variables`, outermost first. */
  readonly around: readonly VariableLevel[];
  /** `x-freehold.secrets` of the application. */
  readonly secrets: readonly string[];
  /** The file's own `secrets`, by name. */
  readonly namedSecrets: ReadonlyMap<string, NamedSecret>;
  /** The shell's and `.env`. */
  readonly shell: Variables;
  readonly environmentFiles: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The file's own `configs`, as they are written. */
  readonly configs: ReadonlyMap<string, Section>;
  readonly disk: Disk;
  readonly findings: Findings;
}
