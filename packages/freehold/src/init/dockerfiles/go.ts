import type { Recipe } from "../part.ts";

/** One static binary on a small image; the certificates let it call others over TLS. */
export function goDockerfile({ main, hasSums }: Extract<Recipe, { language: "go" }>): readonly string[] {
  return [
    "FROM golang:1 AS build",
    "WORKDIR /src",
    `COPY go.mod${hasSums ? " go.sum" : ""} ./`,
    "RUN go mod download",
    "COPY . .",
    `RUN CGO_ENABLED=0 go build -trimpath -ldflags=-s -o /app ${main}`,
    "",
    "FROM debian:bookworm-slim",
    "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/",
    "COPY --from=build /app /usr/local/bin/app",
    "USER 65534:65534",
    'CMD ["app"]',
  ];
}
