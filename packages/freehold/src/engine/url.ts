import type { EnvironmentOutputs } from "../aws/outputs.ts";

/** Where the environment answers; `http` exactly when the host ends in `.localhost`, which has no certificate. */
export function urlOf({ domain }: EnvironmentOutputs): string | undefined {
  if (domain === null) return undefined;
  const isLocal = /\.localhost(:\d+)?$/.test(domain);
  return `${isLocal ? "http" : "https"}://${domain}`;
}
