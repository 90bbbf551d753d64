import type { Environment } from "./application.ts";

/** A command of the user's file that `up` runs on this machine, with the rights of whoever runs Freehold. */
export interface HostCommand {
  /** Name of the site whose files it makes. */
  readonly site: string;
  /** Where it runs, from the project's folder. */
  readonly folder: string;
  /** Exactly as written; a shell reads it. */
  readonly command: string;
}

/** Every command that an `up` of this environment runs on this machine. */
export function hostCommands({ services }: Pick<Environment, "services">): readonly HostCommand[] {
  return services.flatMap((service) => {
    if (service.type !== "site" || service.source.kind !== "host") return [];
    const { folder, command } = service.source;
    return command === undefined ? [] : [{ site: service.name, folder, command }];
  });
}

/** `runs on this machine: npm run build (in web)`, on one line and with its control characters visible. */
export function describeHostCommand({ folder, command }: Pick<HostCommand, "folder" | "command">): string {
  const place = folder === "." ? "in the project's folder" : `in ${visible(folder)}`;
  return `runs on this machine: ${visible(command)} (${place})`;
}

/** C0, C1 and the characters that change the direction of a text; a reader must see what a shell would be given. */
const hidden = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

function visible(text: string): string {
  return text.replaceAll(hidden, (one) =>
    one === "\n" ? "⏎ " : `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
