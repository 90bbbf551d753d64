import type { Mark, Process } from "../part.ts";
import type { Folder } from "../repository.ts";
import { needsOf } from "./needs.ts";

/** Rails, or another Rack application. */
export const rubyMark: Mark = (folder) => {
  const gemfile = folder.text("Gemfile");
  if (gemfile === undefined) return undefined;
  const gems = gemsOf(gemfile);
  const isRails = folder.files.has("config/application.rb") && gems.has("rails");
  if (!isRails && !folder.files.has("config.ru")) return undefined;
  const version = /(?<!\d)(\d+\.\d+)/.exec(folder.text(".ruby-version") ?? "")?.[1] ?? "3.4";
  const start = isRails
    ? ["bundle", "exec", "rails", "server", "--binding", "0.0.0.0", "--port", "3000"]
    : ["bundle", "exec", "rackup", "--host", "0.0.0.0", "--port", "3000"];
  return {
    folder: folder.path,
    kind: isRails ? "Rails" : "Rack",
    because: isRails ? "config/application.rb, and rails in Gemfile" : "config.ru and Gemfile",
    serving: { kind: "http", port: 3000 },
    ...(isRails ? { release: "bundle exec rails db:migrate" } : {}),
    ...healthOf(folder),
    processes: processesOf(gems),
    needs: needsOf(gems),
    recipe: {
      language: "ruby",
      version,
      assets: isRails && folder.files.has("app/assets/config/manifest.js"),
      start,
    },
  };
};

function gemsOf(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^[ \t]*gem[ \t]+["']([\w-]+)["']/gm)].map(([, name = ""]) => name));
}

/** Rails 7.1 and newer have a page that answers while the application is well. */
function healthOf(folder: Folder): { readonly health?: string } {
  const routes = folder.text("config/routes.rb") ?? "";
  return /rails\/health#show/.test(routes) ? { health: "/up" } : {};
}

function processesOf(gems: ReadonlySet<string>): readonly Process[] {
  return gems.has("sidekiq")
    ? [{ name: "worker", command: "bundle exec sidekiq", because: "sidekiq in Gemfile" }]
    : [];
}
