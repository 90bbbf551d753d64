import { suggest } from "../../suggest.ts";
import { addressesIn } from "../bindings/addresses.ts";
import type { Context } from "../context.ts";
import type { Written } from "../variables.ts";

/** A URL with a host of one word: nothing outside of the application has such a name. */
const inUrl = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@\s]*@)?[A-Za-z0-9][A-Za-z0-9_-]+(?::\d+)?(?:[/?#]|$)/i;

/** Where a word is a bucket or a file, and no host. */
const noHosts = /^(?:s3|gs|az|file|sqlite3?|unix|memory|data|vault|arn)\b/i;

/** Variables that hold a host, and mean a service that they misspell. */
export function noteNearNames(
  written: ReadonlyMap<string, Written>,
  owner: string,
  { scope, otherNames, findings }: Pick<Context, "scope" | "otherNames" | "findings">,
): void {
  const known = [...scope.keys(), ...(otherNames.get(owner)?.keys() ?? [])];
  for (const [name, { value, subject }] of written) {
    if (!isAddress(name, value)) continue;
    for (const { host } of addressesIn(value)) {
      const near = known.includes(host) || isAtHome(host) ? undefined : suggest(host, known);
      if (near === undefined) continue;
      findings.note(
        subject,
        `names \`${host}\`, and nothing on AWS has that name; did you mean \`${near}\`?`,
      );
    }
  }
}

function isAddress(name: string, value: string): boolean {
  if (noHosts.test(value)) return false;
  return (
    inUrl.test(value) ||
    (/(?:^|_)(?:HOST|HOSTNAME|ADDR|SERVER)$/.test(name) && /^[a-z][a-z0-9_-]+(?::\d+)?$/i.test(value))
  );
}

function isAtHome(host: string): boolean {
  return host === "localhost" || host.includes(".");
}
