import { authoritiesPath } from "../../../app/authorities.ts";
import type { Binding } from "../../../app/binding.ts";
import type { DatabaseDraft } from "../database-draft.ts";
import type { BoundValue } from "./bound-value.ts";
import { homeOf } from "./home.ts";
import { decode, type UrlParts } from "./url.ts";

/** Whether a URL is for MySQL or MariaDB, whose clients speak to either. */
export function isMysql({ scheme }: UrlParts): boolean {
  return /^(?:jdbc:)?(?:mysql2?|mariadb|mysqlgis|trilogy)(?:\+|$)/.test(scheme);
}

/** A URL of a MySQL or MariaDB of this file. One that names no database means that of the container at home. */
export function bindMysql(url: UrlParts, draft: DatabaseDraft): BoundValue {
  if (url.scheme.startsWith("jdbc:")) return bindJdbc(url);
  const database = decode(url.path.replace(/^\//, ""));
  const home = homeOf(draft);
  const { host: resource, scheme } = url;
  const path = `/${encodeURIComponent(database === "" ? home.name : database)}`;
  const role = url.user ?? home.role;
  return { kind: "bound", binding: { kind: "url", resource, scheme, role, path, query: withTls(url) } };
}

/** User and password stand in variables of their own; the role is that of the container at home. */
function bindJdbc(url: UrlParts): BoundValue {
  if (/(?:^|&)(?:user|password)=/.test(url.query)) {
    const message = "is a JDBC URL with a user or a password in it, which is not built yet";
    return { kind: "problem", message, hint: "tell them in variables of their own" };
  }
  const { host: resource, scheme, path } = url;
  return { kind: "bound", binding: { kind: "url", resource, scheme, path, query: withTls(url), open: true } };
}

/**
 * MySQL's drivers have no word in common, and most refuse one they do not know. Only a scheme that names its driver is given
 * the driver's own: SQLAlchemy's (https://docs.sqlalchemy.org/en/20/dialects/mysql.html#ssl-connections) and MariaDB's
 * Connector/J (https://mariadb.com/docs/connectors/mariadb-connector-j/using-tls-ssl-with-mariadb-java-connector).
 */
const verified: readonly (readonly [scheme: RegExp, query: string])[] = [
  [/^(?:mysql|mariadb)\+(?:pymysql|mysqldb)$/, `ssl_ca=${authoritiesPath}`],
  [/^jdbc:mariadb$/, `sslMode=verify-full&serverSslCert=${authoritiesPath}`],
];

/** The query, with what makes its client verify the server where that is known, unless it says something of TLS itself. */
function withTls({ scheme, query }: UrlParts): string {
  if (settingsIn(query).some(([name]) => tlsSetting.test(name))) return query;
  const setting = verified.find(([form]) => form.test(scheme))?.[1] ?? "";
  return [query, setting].filter((part) => part !== "").join("&");
}

/** `sslmode`, `ssl-mode`, `sslMode`, `ssl`, `ssl_ca`, `sslaccept`, `tls`, `useSSL`, `requireSSL` … */
const tlsSetting = /^(?:(?:use|require)?ssl|tls)/i;
const noTls = /^(?:disabled?|false|0|no|none|off|preferred|prefer|allow|)$/i;

/** Whether the client that reads this variable will speak TLS. */
export function asksForTls(binding: Exclude<Binding, { kind: "attribute" }>): boolean {
  const written = binding.kind === "url" ? binding.query : textOf(binding);
  return settingsIn(written).some(([name, value]) => tlsSetting.test(name) && !noTls.test(value));
}

function textOf({ parts }: Extract<Binding, { kind: "text" }>): string {
  return parts.map((part) => ("text" in part ? part.text : "")).join("");
}

function settingsIn(query: string): readonly (readonly [name: string, value: string])[] {
  return query.split(/[&;?]/).map((setting) => {
    const [name = "", value = ""] = setting.split("=");
    return [name, value];
  });
}
