import type { Cache } from "../../../app/application.ts";
import type { Binding } from "../../../app/binding.ts";

type Url = Extract<Binding, { kind: "url" }>;

/** The URL as the cache on AWS wants it: with TLS and a token, or with neither. */
export function cacheUrl(binding: Url, { tls, engine }: Cache): Url {
  if (engine === "memcached") return { ...binding, open: true };
  const scheme = binding.scheme.replace(/^(redis|valkey)s?$/, tls ? "$1s" : "$1");
  return tls ? { ...binding, scheme } : { ...binding, scheme, open: true };
}

/**
 * Celery takes a `rediss` URL only where it says what is asked of the certificate
 * (https://docs.celeryq.dev/en/stable/userguide/configuration.html#redis-backend-settings).
 */
export function celeryUrl(binding: Url): Url {
  if (binding.open === true || binding.query.includes("ssl_cert_reqs=")) return binding;
  const asked = "ssl_cert_reqs=CERT_REQUIRED";
  return { ...binding, query: binding.query === "" ? asked : `${binding.query}&${asked}` };
}

/** Why a cache cannot be reached by its host alone; undefined when it can. To speak TLS is the business of a client. */
export function hostProblem({
  name,
  tls,
  engine,
}: Cache): { readonly message: string; readonly hint: string } | undefined {
  if (!tls || engine === "memcached") return undefined;
  const message = `names \`${name}\` as a host, yet the cache on AWS wants TLS and a token`;
  const hint = `use a URL (redis://${name}:6379/0), or give \`${name}\` the setting \`x-freehold.tls: false\``;
  return { message, hint };
}
