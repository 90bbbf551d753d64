import * as z from "./zod.ts";

/** https://datatracker.ietf.org/doc/html/rfc1123#section-2.1, in the one spelling of each name. */
const pattern = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** A host name such as `shop.example`. */
export const hostName = z
  .string()
  .regex(pattern, { error: ({ input }) => hostNameProblem(String(input)) })
  .meta({ title: "host name" });

/** The one spelling that two ways to write a host name share. */
export function sameHost(written: string): string {
  return written.toLowerCase().replace(/\.$/, "");
}

function hostNameProblem(written: string): string {
  if (written.startsWith("*."))
    return `must be a host name; \`*\` stands for none: write each, as \`www${written.slice(1)}\``;
  const meant = spelling(written.replace(/^https?:\/\//i, "").replace(/\/$/, ""));
  if (meant !== undefined && pattern.test(meant)) return `must be written as \`${meant}\``;
  return "must be a host name such as `shop.example`, without `https://` and without a path";
}

/** How DNS has it: lower case, no dot at its end, other alphabets in Punycode. Undefined of what is no name. */
function spelling(written: string): string | undefined {
  if (/[^\p{L}\p{N}\p{M}.-]/u.test(written)) return undefined;
  return sameHost(URL.parse(`http://${written}`)?.hostname ?? "");
}
