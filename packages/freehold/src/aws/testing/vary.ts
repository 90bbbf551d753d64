import type { Environment, Resource, Service } from "../../app/application.ts";
import { shopEnvironment } from "./shop.ts";

/** The shop's environment with one service changed. */
export function withService<T extends Service>(
  name: string,
  change: Partial<T>,
  base = shopEnvironment,
): Environment {
  return { ...base, services: base.services.map((one) => (one.name === name ? { ...one, ...change } : one)) };
}

export function withResource<T extends Resource>(
  name: string,
  change: Partial<T>,
  base = shopEnvironment,
): Environment {
  return {
    ...base,
    resources: base.resources.map((one) => (one.name === name ? { ...one, ...change } : one)),
  };
}

export function withoutServices(...names: readonly string[]): Environment {
  return {
    ...shopEnvironment,
    services: shopEnvironment.services.filter((one) => !names.includes(one.name)),
  };
}

export const preview: Environment = { ...shopEnvironment, name: "pr-42", kind: "preview" };
export const production: Environment = { ...shopEnvironment, name: "production", kind: "production" };
