import type { Recipe } from "../part.ts";

/** Gems are compiled in the first stage; the second has what they need to run. */
export function rubyDockerfile(recipe: Extract<Recipe, { language: "ruby" }>): readonly string[] {
  const { version, assets, start } = recipe;
  const environment =
    "ENV RAILS_ENV=production RACK_ENV=production BUNDLE_WITHOUT=development:test BUNDLE_PATH=/gems";
  return [
    `FROM ruby:${version} AS build`,
    environment,
    "WORKDIR /app",
    "COPY Gemfile Gemfile.lock* ./",
    "RUN bundle install",
    "COPY . .",
    ...(assets ? ["RUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile"] : []),
    "",
    `FROM ruby:${version}-slim`,
    `${environment} RAILS_LOG_TO_STDOUT=1`,
    "RUN apt-get update && apt-get install -y --no-install-recommends libpq5 libjemalloc2 && rm -rf /var/lib/apt/lists/*",
    "WORKDIR /app",
    "COPY --from=build /gems /gems",
    "COPY --from=build /app ./",
    `CMD ${JSON.stringify(start)}`,
  ];
}
