import { objectOf, type ParsedObject, parsedObject } from "../marks/parsed-object.ts";
import { isSecret } from "../secret-names.ts";
import { type AskedAddon, askedAddons } from "./addons.ts";
import { type DynoSize, dynoSize } from "./dyno-sizes.ts";

/** What `app.json` says of an application (https://devcenter.heroku.com/articles/app-json-schema). */
export interface AppJson {
  readonly addons: readonly AskedAddon[];
  /** With a value that everybody may read. */
  readonly variables: readonly (readonly [name: string, value: string])[];
  /** Made by Heroku, or secret by their names. */
  readonly secrets: readonly string[];
  /** That a person has to give a value, for the program does not run without. */
  readonly wanted: readonly string[];
  /** By the type of process. */
  readonly sizes: Readonly<Record<string, DynoSize>>;
  /** Runs once when an application has been made. */
  readonly postdeploy?: string;
}

/** Given by Heroku itself, or told to its buildpacks alone. */
const platform =
  /^(?:HEROKU_.*|ON_HEROKU|DYNO|PORT|BUILDPACK_URL|PROCFILE(?:_PATH)?|DISABLE_COLLECTSTATIC|NPM_CONFIG_.*|YARN_.*|USE_.*_CACHE|.*_BUILD_CACHE)$/;

export function readAppJson(text: string | undefined): AppJson | undefined {
  if (text === undefined) return undefined;
  const file = parsedObject(text);
  const variables = Object.entries(file.object("env")).filter(
    ([name]) => isName(name) && !platform.test(name),
  );
  const read = variables.map(([name, value]) => variableOf(name, value));
  const of = (kind: Variable["kind"]) => read.filter((one) => one.kind === kind);
  const postdeploy = file.section("scripts").text("postdeploy");
  return {
    addons: askedAddons(file.items("addons")),
    variables: of("plain").map(({ name, value }) => [name, value]),
    secrets: of("secret").map(({ name }) => name),
    wanted: of("wanted").map(({ name }) => name),
    sizes: sizesIn(file),
    ...(postdeploy === undefined ? {} : { postdeploy }),
  };
}

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly kind: "plain" | "secret" | "wanted" | "optional";
}

function isName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** A text is the value; a section may have one, be made by Heroku, or be left to the person. */
function variableOf(name: string, written: unknown): Variable {
  const section = objectOf(typeof written === "object" ? written : { value: String(written) });
  const value = section.text("value") ?? "";
  if (section.text("generator") === "secret" || isSecret(name)) return { name, value, kind: "secret" };
  if (value !== "") return { name, value, kind: "plain" };
  return { name, value, kind: isOptional(written) ? "optional" : "wanted" };
}

function isOptional(written: unknown): boolean {
  return (
    typeof written === "object" && written !== null && "required" in written && written.required === false
  );
}

function sizesIn(file: ParsedObject): Readonly<Record<string, DynoSize>> {
  const found = Object.entries(file.object("formation")).flatMap(([name, written]) => {
    const section = objectOf(written);
    const size = dynoSize(section.text("size"), section.number("quantity"));
    return size === undefined ? [] : [[name, size] as const];
  });
  return Object.fromEntries(found);
}
