import type { Context } from "../context.ts";
import type { HomePort } from "../ports.ts";
import type { Written } from "../variables.ts";

/** Of each URL of this machine, the host with its port, and the port alone. */
const homeUrl =
  /\b(?:https?|wss?):\/\/((?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal)(?::(\d{1,5}))?)(?![\w.:-])/gi;

/** Variables that tell a service where it, or another one, is found at home: nothing on AWS answers there. */
export function noteHomeAddresses(
  written: ReadonlyMap<string, Written>,
  owner: string,
  { homePorts, scope, findings }: Pick<Context, "homePorts" | "scope" | "findings">,
): void {
  for (const [name, { value, subject }] of written) {
    for (const [, address = "", port = "80"] of value.matchAll(homeUrl)) {
      const found = homePorts.get(Number(port));
      const kind = found === undefined ? undefined : scope.get(found.service)?.kind;
      if (found === undefined || (kind !== "container" && kind !== "site")) continue;
      findings.note(subject, `\`${address}\` is ${wayOut(found, { name, owner, kind })}`);
    }
  }
}

function wayOut(
  { service, port }: HomePort,
  {
    name,
    owner,
    kind,
  }: { readonly name: string; readonly owner: string; readonly kind: "container" | "site" },
): string {
  const outside = `\`variables: { ${name}: { alias: FREEHOLD_URL } }\``;
  if (service === owner)
    return `where it is found at home; for the address of the environment write ${outside}`;
  const inside = kind === "site" ? "" : `write \`http://${service}:${port}\` for what containers ask, and `;
  return `where \`${service}\` is found at home; ${inside}${outside} for what browsers ask`;
}
