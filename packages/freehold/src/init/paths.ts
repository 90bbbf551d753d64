/** Something that answers HTTP at a part of the site. */
interface Served {
  readonly name: string;
  readonly serving: { readonly kind: "http" | "files" | "nothing" };
}

const frontNames = /^(?:web|frontend|front|client|ui|www|site|app|webapp)$/;

/** Each service's part of the site: the front end has `/`, every other one the path of its name. */
export function pathsOf(services: readonly Served[]): ReadonlyMap<string, string> {
  const served = services.filter(({ serving }) => serving.kind !== "nothing");
  const front =
    served.find(({ serving }) => serving.kind === "files") ??
    served.find(({ name }) => frontNames.test(name)) ??
    served[0];
  return new Map(served.map((one) => [one.name, one === front ? "/" : pathOf(one.name)]));
}

function pathOf(name: string): string {
  return /^(?:api|backend|server|back)$/.test(name) ? "/api" : `/${name}`;
}
