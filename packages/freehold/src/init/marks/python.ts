import type { Mark, Needs, Process, Recipe } from "../part.ts";
import type { Folder } from "../repository.ts";
import { firstOf, needsOf } from "./needs.ts";
import { portIn } from "./port.ts";

interface Framework {
  readonly kind: string;
  readonly dependency: string;
  readonly port: number;
  readonly start: (folder: Folder, dependencies: ReadonlySet<string>) => readonly string[];
}

/** The first whose library is required. */
const frameworks: readonly Framework[] = [
  { kind: "Django", dependency: "django", port: 8000, start: djangoStart },
  {
    kind: "FastAPI",
    dependency: "fastapi",
    port: 8000,
    start: (folder) => [
      "uvicorn",
      `${moduleWith(folder, /FastAPI\(/)}:app`,
      "--host",
      "0.0.0.0",
      "--port",
      "8000",
    ],
  },
  { kind: "Flask", dependency: "flask", port: 8000, start: flaskStart },
  { kind: "Streamlit", dependency: "streamlit", port: 8501, start: streamlitStart },
];

const manifests = [
  "requirements.txt",
  "pyproject.toml",
  "Pipfile",
  "requirements/production.txt",
  "requirements/base.txt",
];

/** A Python program: a web framework it requires, or a queue's worker. */
export const pythonMark: Mark = (folder) => {
  const manifest = manifests.find((name) => folder.files.has(name));
  if (manifest === undefined) return undefined;
  const dependencies = dependenciesOf(folder);
  const framework = frameworks.find(({ dependency }) => dependencies.has(dependency));
  const processes = processesOf(folder, dependencies);
  if (framework === undefined && processes.length === 0) return undefined;
  return {
    folder: folder.path,
    kind: framework?.kind ?? "Python",
    because: becauseOf(framework, manifest, folder),
    serving:
      framework === undefined
        ? { kind: "nothing" }
        : { kind: "http", port: servedPort(folder) ?? framework.port },
    ...(framework?.kind === "Django" && folder.files.has("manage.py")
      ? { release: "python manage.py migrate --noinput" }
      : {}),
    ...(framework?.kind !== "Django" && folder.files.has("alembic.ini")
      ? { release: "alembic upgrade head" }
      : {}),
    processes,
    needs: pythonNeeds(dependencies),
    ...(dependencies.has("gunicorn") && framework !== undefined
      ? { start: framework.start(folder, dependencies) }
      : {}),
    ...recipeOf(folder, manifest, framework, dependencies),
  };
};

function becauseOf(framework: Framework | undefined, manifest: string, folder: Folder): string {
  const mark = framework?.kind === "Django" && folder.files.has("manage.py") ? "manage.py, and " : "";
  return framework === undefined ? `celery in ${manifest}` : `${mark}${framework.dependency} in ${manifest}`;
}

/** Names in lower case; an extra counts as a name of its own: `celery[redis]`, and its parts. */
function dependenciesOf(folder: Folder): ReadonlySet<string> {
  const texts = [...folder.files].filter((file) => /^(?:requirements|pyproject\.toml$|Pipfile$)/.test(file));
  const names = texts.flatMap((file) => namesIn(folder.text(file) ?? ""));
  return new Set(names.flatMap((name) => [name, name.replace(/\[.*$/s, "")]));
}

function namesIn(text: string): readonly string[] {
  const plain = [
    ...text.matchAll(/^[ \t]*["']?([A-Za-z][\w.-]*(?:\[[\w,-]+\])?)["']?[ \t]*(?:[=<>~!;@,]|$)/gm),
  ];
  const quoted = [...text.matchAll(/["']([A-Za-z][\w.-]*(?:\[[\w,-]+\])?)\s*(?:[=<>~!;][^"']*)?["']/g)];
  return [...plain, ...quoted].map(([, name = ""]) => name.toLowerCase().replaceAll("_", "-"));
}

function processesOf(folder: Folder, dependencies: ReadonlySet<string>): readonly Process[] {
  if (!dependencies.has("celery")) return [];
  const app = djangoPackage(folder) ?? moduleWith(folder, /Celery\(/);
  const worker = {
    name: "worker",
    command: `celery -A ${app} worker --loglevel info`,
    because: "celery is required",
  };
  const beat = firstOf(dependencies, ["django-celery-beat"]);
  return beat === undefined
    ? [worker]
    : [
        worker,
        { name: "beat", command: `celery -A ${app} beat --loglevel info`, because: `${beat} is required` },
      ];
}

/** The package with `wsgi.py`: `shop` of `shop/wsgi.py`. */
function djangoPackage(folder: Folder): string | undefined {
  return [...folder.files]
    .map((file) => /^([\w]+)\/wsgi\.py$/.exec(file)?.[1])
    .find((name) => name !== undefined);
}

function djangoStart(folder: Folder, dependencies: ReadonlySet<string>): readonly string[] {
  const name = djangoPackage(folder) ?? "config";
  return firstOf(dependencies, ["gunicorn"]) === undefined
    ? ["python", "manage.py", "runserver", "0.0.0.0:8000"]
    : ["gunicorn", `${name}.wsgi`, "--bind", "0.0.0.0:8000"];
}

function flaskStart(folder: Folder, dependencies: ReadonlySet<string>): readonly string[] {
  const module = moduleWith(folder, /Flask\(/);
  return firstOf(dependencies, ["gunicorn"]) === undefined
    ? ["flask", "--app", module, "run", "--host", "0.0.0.0", "--port", "8000"]
    : ["gunicorn", `${module}:app`, "--bind", "0.0.0.0:8000"];
}

/** https://docs.streamlit.io/develop/api-reference/configuration/config.toml#server */
function streamlitStart(folder: Folder): readonly string[] {
  const file =
    [...folder.files].find((one) => /^(?:streamlit_app|app|main)\.py$/.test(one)) ?? "streamlit_app.py";
  return ["streamlit", "run", file, "--server.address=0.0.0.0", "--server.port=8501"];
}

/** The module at the top that makes the application: `main` of `main.py`. */
function moduleWith(folder: Folder, pattern: RegExp): string {
  const files = [...folder.files].filter((file) => /^(?:\w+\/)?(?:app|main|server|index)\.py$/.test(file));
  const file = files.find((one) => pattern.test(folder.text(one) ?? "")) ?? files[0] ?? "app.py";
  return file.replace(/\.py$/, "").replaceAll("/", ".");
}

/** Celery takes a `rediss://` URL only with this (https://docs.celeryq.dev/en/stable/userguide/configuration.html#redis-backend-settings). */
function pythonNeeds(dependencies: ReadonlySet<string>): Needs {
  const known = needsOf(dependencies);
  return dependencies.has("celery") && known.cache
    ? { ...known, cacheQuery: "ssl_cert_reqs=required" }
    : known;
}

/** Told by the Procfile's or the program's own words. */
function servedPort(folder: Folder): number | undefined {
  return portIn(/^web:(.*)$/m.exec(folder.text("Procfile") ?? "")?.[1] ?? "");
}

function recipeOf(
  folder: Folder,
  manifest: string,
  framework: Framework | undefined,
  dependencies: ReadonlySet<string>,
): { readonly recipe?: Recipe } {
  const start = framework?.start(folder, dependencies);
  if (start === undefined) return {};
  const version = /^(?:python-)?(3\.\d+)/.exec((folder.text(".python-version") ?? "").trim())?.[1] ?? "3.13";
  const install =
    manifest === "Pipfile" ? "pipenv" : manifest === "pyproject.toml" ? "project" : "requirements";
  const isStatic = framework?.kind === "Django" && dependencies.has("whitenoise");
  return {
    recipe: { language: "python", version, install, requirements: manifest, static: isStatic, start },
  };
}
