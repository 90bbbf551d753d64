import type { Recipe } from "../part.ts";

/** With Mix in the image, so that `mix ecto.migrate` runs in it; `mix release` makes a smaller one. */
export function elixirDockerfile({ hasAssets }: Extract<Recipe, { language: "elixir" }>): readonly string[] {
  return [
    "FROM elixir:1.18",
    "ENV MIX_ENV=prod PORT=4000",
    "WORKDIR /app",
    "RUN mix local.hex --force && mix local.rebar --force",
    "COPY . .",
    "RUN mix deps.get --only prod",
    ...(hasAssets ? ["RUN mix assets.deploy"] : []),
    "RUN mix compile",
    'CMD ["mix", "phx.server"]',
  ];
}
