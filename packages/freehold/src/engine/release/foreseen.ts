import type { ChangedPath } from "../../terraform/changed-paths.ts";

/** A service whose tasks the next release replaces for what the file says of it. */
export interface ForeseenService {
  readonly name: string;
  /** Names of variables, and of settings as ECS spells them; empty for a service that is new, or told wholly anew. */
  readonly changed: readonly string[];
}

/**
 * What a release would do for the settings of the file, told from the outputs of the environment's stack that would change. What
 * the code of a service changed shows once it is built.
 */
export function foreseenServices(
  outputs: readonly ChangedPath[],
  services: readonly string[],
): readonly ForeseenService[] {
  const settings = outputs.flatMap(([, section, name = "", ...rest]) =>
    section === "services" && isReleased(rest) ? [{ name, setting: settingOf(rest) }] : [],
  );
  return services.flatMap((name) => {
    const own = settings.filter((one) => one.name === name);
    const changed = [...new Set(own.flatMap(({ setting }) => setting ?? []))].sort();
    return own.length === 0 ? [] : [{ name, changed }];
  });
}

/** The whole of a service, its template, and how it is found make a new task definition. */
function isReleased([part]: ChangedPath): boolean {
  return part === undefined || part === "template" || part === "connect";
}

function settingOf([part, key, , ofContainer, name]: ChangedPath): string | undefined {
  if (part !== "template") return part;
  if (key !== "containerDefinitions") return key;
  return ofContainer === "environment" || ofContainer === "secrets" ? name : ofContainer;
}
