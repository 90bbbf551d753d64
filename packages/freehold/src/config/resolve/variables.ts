import type { ExistingSecret } from "../../app/existing-secret.ts";
import type { Place } from "../../errors.ts";
import type { ComposeService } from "../compose/service.ts";
import type { Findings } from "../findings.ts";
import type { VariableValue } from "../variables.ts";
import type { Variables } from "../yaml/interpolate.ts";
import { placeAt, type Section, type Tree } from "../yaml/tree.ts";

/** Where a variable is written: its full name, and the place. */
interface Whereabouts {
  readonly subject: string;
  readonly place: Place;
}

/** A variable's value and where it was written. */
export interface Written extends Whereabouts {
  readonly value: string;
}

/** `x-freehold.variables` of the application, a collection, an environment or a service. */
export interface VariableLevel {
  readonly values: Readonly<Record<string, VariableValue>>;
  /** Full name of the section that holds them. */
  readonly subject: string;
  readonly section: Tree | undefined;
}

export interface VariableSources {
  readonly service: Section;
  readonly compose: ComposeService;
  /** Outermost first: application, collection, environment. */
  readonly around: readonly VariableLevel[];
  /** That of the service. */
  readonly own: VariableLevel;
  /** Values for names that stand alone (`- DEBUG`). */
  readonly shell: Variables;
  /** Parsed env files by path. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly subject: string;
  readonly place: Place;
}

/** What is written of a service's variables; a name is in one of them only. */
export interface Collected {
  readonly plain: ReadonlyMap<string, Written>;
  /** By name, that of the variable whose value each has. */
  readonly aliases: ReadonlyMap<string, Written>;
  /** By name, what of which resource each tells: `uploads.arn`. */
  readonly outputs: ReadonlyMap<string, Written>;
  /** By name, the secret that is there already and whose value each has. */
  readonly existing: ReadonlyMap<string, ExistingSecret>;
}

/** All variables of a service: what `x-freehold` says, the nearest first, wins over what Compose is told. */
export function collectVariables(sources: VariableSources, findings: Findings): Collected {
  const { service, place } = sources;
  const variables = new Map<string, Written>();
  const aliases = new Map<string, Written>();
  const outputs = new Map<string, Written>();
  const existing = new Map<string, ExistingSecret>();
  const add = (name: string, value: VariableValue, where: Whereabouts) => {
    for (const one of [variables, aliases, outputs, existing]) one.delete(name);
    if (typeof value === "string") variables.set(name, { value, ...where });
    else if ("alias" in value) aliases.set(name, { value: value.alias, ...where });
    else if ("output" in value) outputs.set(name, { value: value.output, ...where });
    else existing.set(name, value);
  };
  addFiles(sources, add, findings);
  const placeOf = placesOfVariables(service);
  for (const [name, value] of Object.entries(sources.compose.environment ?? {})) {
    const given = value ?? sources.shell.get(name);
    if (given !== undefined)
      add(name, given, { subject: environmentName(sources, name), place: placeOf(name) });
  }
  for (const { values, subject, section } of [...sources.around, sources.own]) {
    for (const [name, value] of Object.entries(values)) {
      const at = section === undefined ? place : placeAt(section, ["variables", name]);
      add(name, value, { subject: `${subject}.variables.${name}`, place: at });
    }
  }
  checkNames(variables, sources, findings);
  return { plain: variables, aliases, outputs, existing };
}

function addFiles(
  sources: VariableSources,
  add: (name: string, value: string, where: Whereabouts) => void,
  findings: Findings,
): void {
  for (const { path, required } of sources.compose.env_file ?? []) {
    const file = sources.files.get(path);
    const place = placeAt(sources.service, ["env_file"]);
    if (file === undefined && required) {
      const message = `names \`${path}\`, which is missing`;
      const hint = "create it, correct the path, or write `required: false` beside it";
      findings.problem({
        code: "missing-file",
        subject: `${sources.subject}.env_file`,
        message,
        hint,
        place,
      });
    }
    for (const [name, value] of file ?? [])
      add(name, value, { subject: environmentName(sources, name), place });
  }
}

function environmentName({ subject }: VariableSources, name: string): string {
  return `${subject}.environment.${name}`;
}

/** In a map the key's place, in a list that of the entry. */
function placesOfVariables(service: Section): (name: string) => Place {
  const environment = service.entries.get("environment")?.value;
  if (environment?.kind !== "list") return (name) => placeAt(service, ["environment", name]);
  const places = new Map(
    environment.items
      .map((item) => [nameIn(item), item.place] as const)
      // Of two with one name the first is shown.
      .reverse(),
  );
  return (name) => places.get(name) ?? environment.place;
}

function nameIn(item: Tree): string {
  return item.kind === "scalar" ? (String(item.value).split("=", 1)[0] ?? "") : "";
}

/** Names without `=` or blanks are what every process can have. */
function checkNames(
  variables: ReadonlyMap<string, Written>,
  { subject }: VariableSources,
  findings: Findings,
): void {
  for (const [name, { place }] of variables) {
    if (/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) continue;
    const message = `\`${name}\` is no name of a variable; use letters, digits and underscores`;
    findings.problem({ code: "name", subject: `${subject}.environment`, message, place });
  }
}
