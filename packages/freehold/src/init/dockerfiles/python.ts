import type { Recipe } from "../part.ts";

type PythonRecipe = Extract<Recipe, { language: "python" }>;

/** Libraries in a virtual environment that is copied whole, so that no compiler stays in the image. */
export function pythonDockerfile(recipe: PythonRecipe): readonly string[] {
  const { version, start } = recipe;
  return [
    `FROM python:${version}-slim AS build`,
    "RUN python -m venv /venv",
    "ENV PATH=/venv/bin:$PATH",
    "WORKDIR /app",
    ...installOf(recipe),
    "",
    `FROM python:${version}-slim`,
    "ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1",
    "WORKDIR /app",
    "COPY --from=build /venv /venv",
    "COPY . .",
    ...(recipe.static ? ["RUN SECRET_KEY=only-for-the-build python manage.py collectstatic --noinput"] : []),
    "USER nobody",
    `CMD ${JSON.stringify(start)}`,
  ];
}

function installOf({ install, requirements }: PythonRecipe): readonly string[] {
  switch (install) {
    case "requirements":
      return requirements.includes("/")
        ? ["COPY requirements ./requirements", `RUN pip install --no-cache-dir -r ${requirements}`]
        : ["COPY requirements*.txt ./", `RUN pip install --no-cache-dir -r ${requirements}`];
    case "project":
      return ["COPY . .", "RUN pip install --no-cache-dir ."];
    case "pipenv":
      return [
        "COPY Pipfile* ./",
        "RUN pip install --no-cache-dir pipenv && pipenv requirements > locked.txt && pip install --no-cache-dir -r locked.txt",
      ];
  }
}
