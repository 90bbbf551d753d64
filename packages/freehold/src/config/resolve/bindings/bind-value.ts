import type { Attribute } from "../../../app/binding.ts";
import { privateName } from "../../../app/calls.ts";
import type { Context } from "../context.ts";
import type { DatabaseDraft } from "../database-draft.ts";
import type { Scope, Target } from "../scope.ts";
import { namedServices, type Refused } from "./bind-call.ts";
import { parseDsn } from "./bind-dsn.ts";
import { bindMysql, isMysql } from "./bind-mysql.ts";
import { bindPostgres, isPostgres } from "./bind-postgres.ts";
import { parseConnectionText } from "./bind-text.ts";
import type { BoundValue } from "./bound-value.ts";
import { exampleUrl } from "./home.ts";
import { parseUrl, type UrlParts } from "./url.ts";

const plain: BoundValue = { kind: "plain" };

interface Variable {
  readonly name: string;
  readonly value: string;
  /** The service that has it; its own name means itself. */
  readonly owner: string;
}

type Around = Pick<Context, "scope" | "databases" | "application" | "environment">;

/** Bindings 1, 2 and 5 of the language, and an honest no to those that are not built yet. */
export function bindValue(variable: Variable, around: Around): BoundValue {
  const { name, value, owner } = variable;
  const { scope, application, environment } = around;
  const services = namedServices(variable, scope, (service) =>
    privateName(application, environment, service),
  );
  if (services !== undefined) {
    const [refused] = services.refused;
    return refused === undefined ? { kind: "call", ...services } : refuseCall(refused);
  }
  const url = parseUrl(value);
  const target = url === undefined || url.host === owner ? undefined : scope.get(url.host);
  if (url !== undefined && target !== undefined) return bindUrl(url, target, around);
  const dsn = parseDsn(value);
  const meant = dsn === undefined || dsn.host === owner ? undefined : around.databases.get(dsn.host);
  if (dsn !== undefined && meant !== undefined && meant.engine !== "postgres")
    return { kind: "bound", binding: dsn.bind(meant) };
  const text = url === undefined ? parseConnectionText(value) : undefined;
  if (text !== undefined && text.host !== owner && isDatabase(scope.get(text.host)))
    return { kind: "text", text };
  const named = url === undefined ? namedIn(variable, scope) : undefined;
  return named === undefined ? plain : bindHost(name, value, named, around);
}

function isDatabase(target: Target | undefined): boolean {
  return target?.kind === "resource" && target.type === "database";
}

function bindUrl(url: UrlParts, target: Target, around: Around): BoundValue {
  const refused = refuse("", `${url.scheme}://${url.host}`, { host: url.host, target }, around);
  if (target.kind !== "resource") return refused;
  const database = around.databases.get(url.host);
  if (database?.engine === "postgres" && isPostgres(url)) return bindPostgres(url);
  if (database !== undefined && database.engine !== "postgres" && isMysql(url))
    return bindMysql(url, database);
  if (target.type === "cache" && /^(?:(?:redis|valkey)s?|memcached?)$/.test(url.scheme)) {
    const { host: resource, scheme, path, query } = url;
    return { kind: "bound", binding: { kind: "url", resource, scheme, path, query } };
  }
  return refused;
}

function bindHost(name: string, value: string, named: Named, around: Around): BoundValue {
  const { host, target } = named;
  const attribute: Attribute | undefined =
    value === host ? "host" : /^[^:/@,]+:\d+$/.test(value) ? "address" : undefined;
  const isServer = target.kind === "resource" && (target.type === "database" || target.type === "cache");
  return isServer && attribute !== undefined
    ? { kind: "bound", binding: { kind: "attribute", resource: host, attribute } }
    : refuse(name, value, named, around);
}

interface Named {
  readonly host: string;
  readonly target: Target;
}

/** The first managed thing or service whose name stands where a host would. */
function namedIn({ name, value, owner }: Variable, scope: Scope): Named | undefined {
  for (const [host, target] of scope) {
    if (host !== owner && standsAsHost(name, value, host)) return { host, target };
  }
  return undefined;
}

function standsAsHost(name: string, value: string, host: string): boolean {
  if (value === host) return /(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT)$/i.test(name);
  const at = value.indexOf(`${host}:`);
  if (at < 0) return value.includes(`//${host}/`) || value.includes(`@${host}/`);
  const before = value[at - 1];
  return (before === undefined || "/@,".includes(before)) && /^\d/.test(value.slice(at + host.length + 1));
}

const override = "or set the value for AWS under `x-freehold.variables`";

function refuseCall({ host, kind, port, ports }: Refused): BoundValue {
  if (kind === "site") {
    const message = `calls \`${host}\` by its name at home, but a site is files behind the CDN`;
    return { kind: "problem", message, hint: `call it at its public path, ${override}` };
  }
  const at = port === undefined ? "" : ` at port ${port}`;
  const message = `calls \`${host}\`${at}, which ${ports.length === 0 ? "has no port" : `listens at ${ports.join(", ")}`}`;
  const hint = `write \`expose: ["${port ?? 8000}"]\` in \`${host}\`, ${override}`;
  return { kind: "problem", message, hint };
}

function refuse(name: string, value: string, { host, target }: Named, { databases }: Around): BoundValue {
  if (target.kind === "failed") return plain;
  if (target.kind === "ignored" || target.kind === "aws") {
    return { kind: "note", message: `names \`${host}\`, which is left out on AWS; ${override.slice(3)}` };
  }
  // Files are nothing to connect to.
  if (target.kind !== "resource" || target.type === "volume") return plain;
  return {
    kind: "problem",
    message: refusal(name, value, host, target.type),
    hint: wayOut(host, target.type, databases.get(host)),
  };
}

function refusal(name: string, value: string, host: string, type: string): string {
  const what = value.includes("://")
    ? `the URL of \`${host}\` (${value.split("://")[0]}://…)`
    : `\`${host}\` as a host`;
  return `names ${what}; that form of a ${type}'s address is not built yet${name === "" ? "" : ` for ${name}`}`;
}

type ResourceType = Exclude<Extract<Target, { kind: "resource" }>["type"], "volume">;

function wayOut(host: string, type: ResourceType, database: DatabaseDraft | undefined): string {
  const variable = host.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
  switch (type) {
    case "database":
      return `use a URL (${exampleUrl(database?.engine ?? "postgres", host)}), ${override}`;
    case "cache":
      return `use a URL (redis://${host}:6379/0), ${override}`;
    case "bucket":
    case "table":
      return `read ${variable}_NAME, which is always there, ${override}`;
    case "queue":
      return `read ${variable}_URL, which is always there, ${override}`;
    case "topic":
      return `read ${variable}_ARN, which is always there, ${override}`;
  }
}
