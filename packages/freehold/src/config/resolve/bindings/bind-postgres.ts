import { authoritiesPath } from "../../../app/authorities.ts";
import type { BoundValue } from "./bound-value.ts";
import { decode, type UrlParts } from "./url.ts";

/** Whether a URL is for PostgreSQL; Ecto, GeoDjango and Rails' PostGIS adapter tell their driver by it. */
export function isPostgres({ scheme }: UrlParts): boolean {
  return /^(?:jdbc:)?(?:postgres(?:ql)?|postgis|ecto)(?:\+|$)/.test(scheme);
}

/** A URL of a PostgreSQL of this file. One that names neither role nor database means `app`, the one there always is. */
export function bindPostgres(url: UrlParts): BoundValue {
  if (url.scheme.startsWith("jdbc:")) return bindJdbc(url);
  const database = decode(url.path.replace(/^\//, ""));
  const role = url.user ?? (database === "" ? "app" : database);
  const path = `/${encodeURIComponent(database === "" ? role : database)}`;
  const { query, note } =
    url.scheme === "ecto" ? { query: url.query, note: ectoTls } : withTls(url, tlsOf(url));
  const binding = { kind: "url", resource: url.host, scheme: url.scheme, role, path, query } as const;
  return { kind: "bound", binding, ...(note === undefined ? {} : { note }) };
}

/** User and password stand in variables of their own; the role is that of the container at home. */
function bindJdbc(url: UrlParts): BoundValue {
  if (/(?:^|&)(?:user|password)=/.test(url.query)) {
    const message = "is a JDBC URL with a user or a password in it, which is not built yet";
    return { kind: "problem", message, hint: "tell them in variables of their own" };
  }
  const { query, note } = withTls(url, [verifiedTls, `sslrootcert=${authoritiesPath}`]);
  const { host: resource, scheme, path } = url;
  const binding = { kind: "url", resource, scheme, path, query, open: true } as const;
  return { kind: "bound", binding, ...(note === undefined ? {} : { note }) };
}

/**
 * RDS refuses connections without TLS, and clients differ in what `require` lets pass: libpq takes any certificate where it
 * knows no authority, and node-postgres warns of it. The only mode that means the same to all checks authority and host.
 * See https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION.
 */
export const verifiedTls = "sslmode=verify-full";

/** https://hexdocs.pm/ecto/Ecto.Repo.html#module-urls */
const ectoTls =
  'is bound, but Ecto takes TLS from its configuration alone: set `ssl: [cacertfile: System.get_env("PGSSLROOTCERT")]` in runtime.exs';

/** asyncpg calls the setting `ssl`. */
function tlsOf({ scheme }: UrlParts): readonly string[] {
  return [scheme.endsWith("+asyncpg") ? verifiedTls.replace("sslmode", "ssl") : verifiedTls];
}

/** What the URL says of TLS stays, unless it says that there is none: then it works at home only. */
function withTls(
  { query }: UrlParts,
  settings: readonly string[],
): { readonly query: string; readonly note?: string } {
  const written = query.split("&").filter((part) => part !== "");
  const none = written.find((part) => /^(?:sslmode=disable|ssl=(?:disable|false))$/.test(part));
  const rest = written.filter((part) => part !== none);
  const isTold = rest.some((part) => /^(?:sslmode|ssl)=/.test(part));
  const told = { query: [...rest, ...(isTold ? [] : settings)].join("&") };
  if (none === undefined) return told;
  return {
    ...told,
    note: `\`${none}\` is for home: RDS takes no connection without TLS, so ${settings[0]} stands in its place`,
  };
}
