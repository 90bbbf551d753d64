import { readFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";

/** Variables by which AWS tools, Node and OpenSSL are told whom to trust. */
const variables = ["AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"] as const;

/**
 * The local authority's certificate followed by the certificates of every file those variables named before, each
 * once; where they named none, by those every machine trusts. Naming the result in `AWS_CA_BUNDLE`, which replaces
 * a tool's own list, then takes nothing away. `own` is the bundle's path, which may be named from an earlier start.
 */
export async function caBundle(
  authority: string,
  environment: Readonly<Record<string, string | undefined>>,
  own: string,
): Promise<string> {
  const files = new Set(variables.flatMap((name) => environment[name] || []).filter((path) => path !== own));
  const texts = await Promise.all([...files].map((path) => readFile(path, "utf8").catch(() => "")));
  const named = texts.flatMap(certificatesOf);
  const others = named.length > 0 ? named : rootCertificates.map((pem) => pem.trim());
  return [...new Set([authority.trim().replaceAll("\r", ""), ...others])].map((pem) => `${pem}\n`).join("");
}

function certificatesOf(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
}
