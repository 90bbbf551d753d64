import { parseProcfile } from "../marks/procfile.ts";
import type { Part, Process } from "../part.ts";
import type { Folder } from "../repository.ts";
import { addonFacts } from "./addons.ts";
import { type AppJson, readAppJson } from "./app-json.ts";
import { type HerokuYml, readHerokuYml } from "./heroku-yml.ts";

/** The Dockerfile that `heroku.yml` builds the web process from, where it is there; path in the folder. */
export function herokuDockerfile(folder: Folder): string | undefined {
  const file = readHerokuYml(folder.text("heroku.yml"))?.dockerfiles["web"];
  return file !== undefined && folder.files.has(file) ? file : undefined;
}

/** What the files of Heroku say of a program comes before what its framework would do. */
export function withHeroku(part: Part, folder: Folder): Part {
  const manifest = readHerokuYml(folder.text("heroku.yml"));
  const app = readAppJson(folder.text("app.json"));
  const started = manifest === undefined ? withProcfile(part, folder) : withManifest(part, manifest, folder);
  const addons = [...(manifest?.addons ?? []), ...(app?.addons ?? [])];
  const { needs, names, told } = addonFacts(addons);
  const run = ranOnce(app, started);
  return {
    ...started,
    needs: { ...started.needs, ...needs },
    ...run,
    ...(Object.keys(names).length === 0 ? {} : { names: { ...started.names, ...names } }),
    variables: [...(manifest?.variables ?? []), ...(app?.variables ?? [])],
    secrets: [...new Set([...(started.secrets ?? []), ...(app?.secrets ?? [])])],
    sizes: { ...started.sizes, ...app?.sizes },
    told: [...told, ...wantedOf(app)],
  };
}

/** `postdeploy` ran once for each new application: what only migrates does so with every release, the rest seeds. */
function ranOnce(app: AppJson | undefined, { release }: Part): Pick<Part, "release" | "seed"> {
  const postdeploy = app?.postdeploy;
  if (postdeploy === undefined || postdeploy === release) return {};
  const isMigration = /migrat/.test(postdeploy) && !/seed|load|setup|fixture|&&|;/.test(postdeploy);
  if (!isMigration) return { seed: postdeploy };
  return release === undefined ? { release: postdeploy } : {};
}

function wantedOf(app: AppJson | undefined): readonly string[] {
  const names = app?.wanted ?? [];
  return names.length === 0
    ? []
    : [`write ${names.join(", ")} under \`environment\`: app.json asks each owner for a value`];
}

/** Started by Heroku's own images, or found by its buildpacks. */
const wrapper = /^(?:jemalloc\.sh|bin\/start-nginx(?:-solo)?|bin\/start-pgbouncer(?:-stunnel)?)\s+/;

function withProcfile(part: Part, folder: Folder): Part {
  const lines = parseProcfile(folder.text("Procfile") ?? "").map(({ name, command }) => ({
    name,
    command: command.replace(wrapper, ""),
  }));
  const named = (wanted: string) => lines.find(({ name }) => name === wanted)?.command;
  const [release, web] = [named("release"), named("web")];
  const processes = lines
    .filter(({ name }) => name !== "web" && name !== "release")
    .map(({ name, command }): Process => ({ name, command, because: "Procfile" }));
  return {
    ...part,
    ...(release === undefined ? {} : { release }),
    ...(web === undefined || !isStartedBy(web, part) ? {} : startedBy(web, part)),
    ...(processes.length === 0 ? {} : { processes }),
  };
}

/** A command may name the port, whatever Heroku says. */
function startedBy(command: string, { serving }: Part): Pick<Part, "command" | "serving"> {
  const named = /(?:--port|-p|--bind|-b)[ =](?:[\w.-]*:)?(\d{2,5})\b/.exec(command)?.[1];
  return { command, serving: named === undefined ? serving : { kind: "http", port: Number(named) } };
}

/** An image of its own starts itself, and what is compiled lies elsewhere in one of ours. */
const interpreted: ReadonlySet<string | undefined> = new Set(["node", "python", "ruby", "elixir"]);

function isStartedBy(web: string, { serving, dockerfile, recipe }: Part): boolean {
  if (serving.kind !== "http" || dockerfile !== undefined) return false;
  return interpreted.has(recipe?.language) && !/^heroku-/.test(web);
}

/** With images of its own an application has no Procfile. */
function withManifest(part: Part, { commands, dockerfiles, release }: HerokuYml, folder: Folder): Part {
  const names = new Set([...Object.keys(commands), ...Object.keys(dockerfiles)]);
  const processes = [...names]
    .filter(
      (name) => name !== "web" && name !== "release" && (commands[name] !== undefined || name === "worker"),
    )
    .map((name): Process => {
      const file = dockerfiles[name];
      const own = file !== undefined && file !== part.dockerfile && folder.files.has(file) ? file : undefined;
      return {
        name,
        because: "heroku.yml",
        ...(commands[name] === undefined ? {} : { command: commands[name] }),
        ...(own === undefined ? {} : { dockerfile: own }),
      };
    });
  return {
    ...part,
    processes,
    ...(release === undefined ? {} : { release }),
    ...(commands["web"] === undefined ? {} : { command: commands["web"] }),
  };
}
