import type { ServiceFacts } from "./service-facts.ts";

/**
 * What a proxy beside the services would send to one: Traefik reads labels
 * (https://doc.traefik.io/traefik/routing/providers/docker/), nginx-proxy the variables `VIRTUAL_HOST` and `VIRTUAL_PORT`.
 */
export function routedBy(
  labels: ReadonlyMap<string, string>,
  variables: ReadonlyMap<string, string>,
): ServiceFacts["routed"] {
  const isRouted =
    labels.get("traefik.enable") === "true" ||
    (labels.get("traefik.enable") !== "false" &&
      [...labels.keys()].some((name) => /^traefik\.http\.routers\.[^.]+\.rule$/.test(name))) ||
    variables.has("VIRTUAL_HOST");
  if (!isRouted) return undefined;
  const told = [...labels].find(([name]) => /\.loadbalancer\.server\.port$/.test(name))?.[1];
  const port = Number(told ?? variables.get("VIRTUAL_PORT"));
  return Number.isInteger(port) ? { port } : {};
}
