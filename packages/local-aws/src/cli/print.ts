import type { Instance } from "./instance.ts";

export function printInstance(instance: Instance, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(instance, null, 2));
  } else {
    console.log(`local-aws answers at ${instance.endpoint}; its state is in ${instance.folder}`);
    console.log(`What runs: ${instance.page}`);
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
