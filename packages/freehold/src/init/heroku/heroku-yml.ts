import { parse } from "yaml";
import { objectOf, type ParsedObject } from "../marks/parsed-object.ts";
import { type AskedAddon, askedAddons } from "./addons.ts";

/** What `heroku.yml` says of how images are built and run (https://devcenter.heroku.com/articles/build-docker-images-heroku-yml). */
export interface HerokuYml {
  readonly addons: readonly AskedAddon[];
  readonly variables: readonly (readonly [name: string, value: string])[];
  /** Path of the Dockerfile, by the type of process. */
  readonly dockerfiles: Readonly<Record<string, string>>;
  /** By the type of process; one that has an image and no command starts as its Dockerfile says. */
  readonly commands: Readonly<Record<string, string>>;
  readonly release?: string;
}

/** Undefined where Heroku's buildpacks make the image, for then the Procfile counts. */
export function readHerokuYml(text: string | undefined): HerokuYml | undefined {
  const file = objectOf(parsed(text ?? ""));
  const built = Object.entries(file.section("build").object("docker"));
  if (built.length === 0) return undefined;
  const release = commandOf(file.section("release"));
  return {
    addons: askedAddons(file.section("setup").items("addons")),
    variables: Object.entries(file.section("setup").object("config")).map(([name, value]) => [
      name,
      String(value),
    ]),
    dockerfiles: Object.fromEntries(built.map(([name, value]) => [name, dockerfileOf(value)])),
    commands: Object.fromEntries(
      Object.entries(file.object("run")).flatMap(([name, value]) => {
        const command = typeof value === "string" ? value : commandOf(objectOf(value));
        return command === undefined ? [] : [[name, command] as const];
      }),
    ),
    ...(release === undefined ? {} : { release }),
  };
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function dockerfileOf(value: unknown): string {
  return typeof value === "string" ? value : (objectOf(value).text("dockerfile") ?? "Dockerfile");
}

function commandOf(section: ParsedObject): string | undefined {
  const commands = section.list("command");
  return commands.length === 0 ? section.text("command") : commands.join(" && ");
}
