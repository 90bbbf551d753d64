import type { Recipe } from "../part.ts";

/** One binary on a small image; OpenSSL and the certificates let it call others over TLS. */
export function rustDockerfile({ binary }: Extract<Recipe, { language: "rust" }>): readonly string[] {
  return [
    "FROM rust:1-bookworm AS build",
    "WORKDIR /src",
    "COPY . .",
    `RUN cargo build --release --bin ${binary}`,
    "",
    "FROM debian:bookworm-slim",
    "RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libssl3 && rm -rf /var/lib/apt/lists/*",
    "WORKDIR /app",
    `COPY --from=build /src/target/release/${binary} /usr/local/bin/app`,
    "USER 65534:65534",
    'CMD ["app"]',
  ];
}
