import type { Instance } from "./instance.ts";

/** How an instance is shown. The token changes what runs here, and terminals are recorded: only who asks for it sees it. */
export interface Shown {
  readonly json?: true;
  readonly showToken?: true;
}

export function printInstance(instance: Instance, { json, showToken }: Shown): void {
  if (json === true) {
    console.log(JSON.stringify(instance, null, 2));
  } else {
    console.log(`local-aws answers at ${instance.endpoint}; its state is in ${instance.folder}`);
    console.log(
      showToken === true
        ? `What runs: ${instance.page}`
        : `What runs: ${instance.endpoint}/_local, with the token of \`local-aws status --show-token\``,
    );
    console.log("\nTo use it from this shell:\n");
    printEnvironment(instance);
  }
}

/** Lines that a POSIX shell can evaluate. */
export function printEnvironment({ environment }: Instance): void {
  for (const [name, value] of Object.entries(environment)) {
    console.log(`export ${name}='${value.replaceAll("'", `'\\''`)}'`);
  }
}
