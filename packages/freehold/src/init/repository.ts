/** What was seen of a project: every path, and the texts of the few files that say what it is. */
export interface Repository {
  /** Name of its folder. */
  readonly name: string;
  /** `/`-separated paths from its root, sorted; nothing that is installed, built or hidden by `.git`. */
  readonly paths: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
}

/** One folder of it; paths start there. */
export interface Folder {
  /** `.` or `apps/web`. */
  readonly path: string;
  readonly files: ReadonlySet<string>;
  text(file: string): string | undefined;
}

/** Folders whose content says nothing of the project: what tools install, build or keep there. */
export const passedFolders: ReadonlySet<string> = new Set([
  ...[".git", ".hg", ".svn", ".idea", ".vscode", ".freehold", ".terraform", ".cache", ".next", ".nuxt"],
  ...["node_modules", "bower_components", "vendor", "venv", ".venv", "env", "__pycache__", "site-packages"],
  ...["dist", "build", "out", "target", "coverage", "tmp", "log", "logs", "public", "static", "media"],
]);

/** How deep a part of a monorepo lies: `services/payments/api`. */
export const deepestFolder = 3;

const telling =
  /(?:^|\/)(?:(?:[\w.-]{1,255}\.)?Dockerfile(?:\.[\w.-]+)?|Procfile|app\.json|heroku\.yml|package\.json|pnpm-workspace\.yaml|requirements[\w.-]*\.txt|requirements\/[\w.-]+\.txt|pyproject\.toml|Pipfile|go\.mod|Gemfile|composer\.json|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|src\/main\.rs|mix\.exs|src\/main\/resources\/application\.properties|manage\.py|main\.go|config\.ru|artisan|\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.env(?:\.[\w.-]+)?|docker-compose[\w.-]*\.ya?ml|compose[\w.-]*\.ya?ml|freehold\.yml|schema\.prisma|config\/routes\.rb|(?:vite|next)\.config\.\w+|wp-config(?:-sample)?\.php|wsgi\.py|asgi\.py|(?:app|main|server|index)\.(?:py|js|ts|mjs)|[\w-]+\.go)$/;

/** Whether a file's text takes part in what is proposed; all others are known by their path alone. */
export function isTelling(path: string): boolean {
  return telling.test(path);
}

/** The root and every folder below it that holds a file, shallow ones first. */
export function foldersOf(repository: Repository): readonly Folder[] {
  const folders = new Set(repository.paths.map(folderOf));
  return [".", ...folders]
    .filter((path, index, all) => all.indexOf(path) === index && depth(path) <= deepestFolder)
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
    .map((path) => folderAt(repository, path));
}

export function folderAt(repository: Repository, path: string): Folder {
  const prefix = path === "." ? "" : `${path}/`;
  const files = repository.paths
    .filter((one) => one.startsWith(prefix))
    .map((one) => one.slice(prefix.length));
  return { path, files: new Set(files), text: (file) => repository.texts.get(prefix + file) };
}

/** `apps/web/package.json` → `apps/web`. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end);
}

function depth(path: string): number {
  return path === "." ? 0 : path.split("/").length;
}
