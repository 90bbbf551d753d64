import type { Cache, Call } from "../../../app/application.ts";
import type { Attribute, Binding } from "../../../app/binding.ts";
import { withOwnNames } from "../calls/other-names.ts";
import type { Context } from "../context.ts";
import type { DatabaseDraft } from "../database-draft.ts";
import { type Draft, variablePrefix } from "../draft.ts";
import { nameProblem } from "../reserved.ts";
import type { Written } from "../variables.ts";
import { cacheUrl, celeryUrl, hostProblem } from "./bind-cache.ts";
import { besideOf, bindCredential } from "./bind-credential.ts";
import { verifiedTls } from "./bind-postgres.ts";
import { bindStandIns } from "./bind-stand-in.ts";
import { textBinding } from "./bind-text.ts";
import { bindValue } from "./bind-value.ts";
import type { BoundValue } from "./bound-value.ts";
import { homeOf } from "./home.ts";
import { databaseFor, databaseOf } from "./meant-database.ts";

type Bindings = Readonly<Record<string, Binding>>;

/** Plain variables and bound ones; a name is in one of them only. */
export interface Bound {
  readonly variables: Readonly<Record<string, string>>;
  readonly bindings: Bindings;
}

/** With the plain variables that name services of the application. */
export interface BoundWritten extends Bound {
  readonly calls: readonly Call[];
  /** Their values outside Service Connect. */
  readonly away: Readonly<Record<string, string>>;
  /** Resources that are used though no variable names them any more. */
  readonly uses: readonly string[];
}

/** Bindings 1 to 3, 5 and 6: what names a managed resource becomes a binding; what works at home only is a problem. */
export function bindWritten(
  written: ReadonlyMap<string, Written>,
  draft: Draft,
  context: Context,
): BoundWritten {
  const variables: [string, string][] = [];
  const standIns = bindStandIns(written, draft, context);
  const bindings: [string, Binding][] = Object.entries(standIns.bindings);
  const called: (readonly [string, CallValue])[] = [];
  for (const [name, { value, subject, place }] of standIns.rest) {
    const named = withOwnNames(value, context.otherNames.get(draft.name));
    const bound = bindValue({ name, value: named, owner: draft.name }, context);
    const binding = bindingOf(bound, context);
    if (binding !== undefined) bindings.push([name, checked(binding, { name, subject, place }, context)]);
    else variables.push([name, bound.kind === "call" ? named : value]);
    if (bound.kind === "call") called.push([name, bound]);
    tell(bound, subject, place, context);
  }
  const beside = besideOf({
    variables: Object.fromEntries(variables),
    bindings: Object.fromEntries(bindings),
  });
  const credentials = variables.flatMap(([name, value]) => {
    const { subject, place } = written.get(name) ?? draft;
    const binding = bindCredential({ name, value, place, subject }, beside, context);
    return binding === undefined ? [] : [[name, binding] as const];
  });
  const bound = Object.fromEntries([...bindings, ...credentials]);
  const plain = variables.filter(([name]) => !Object.hasOwn(bound, name));
  return {
    variables: Object.fromEntries(plain),
    bindings: bound,
    calls: called.flatMap(([, { calls }]) => calls),
    away: Object.fromEntries(called.map(([name, { away }]) => [name, away])),
    uses: standIns.uses,
  };
}

type CallValue = Extract<BoundValue, { kind: "call" }>;

function bindingOf(bound: BoundValue, { databases }: Context): Binding | undefined {
  if (bound.kind === "bound") return ownedAtHome(bound.binding, databases.get(bound.binding.resource));
  const database = bound.kind === "text" ? databases.get(bound.text.host) : undefined;
  return bound.kind === "text" && database !== undefined ? textBinding(bound.text, database) : undefined;
}

/** A JDBC URL tells no user: that of the container at home is meant. */
function ownedAtHome(binding: Binding, database: DatabaseDraft | undefined): Binding {
  if (binding.kind !== "url" || binding.role !== undefined || database === undefined) return binding;
  const { name, role } = homeOf(database);
  return { ...binding, role, path: binding.path.length > 1 ? binding.path : `/${encodeURIComponent(name)}` };
}

function tell(bound: BoundValue, subject: string, place: Written["place"], { findings }: Context): void {
  if (bound.kind === "problem")
    findings.problem({ code: "binding", subject, message: bound.message, hint: bound.hint, place });
  if (bound.kind === "note") findings.note(subject, bound.message);
  if (bound.kind === "bound" && bound.note !== undefined) findings.note(subject, bound.note);
}

function checked(
  binding: Binding,
  { name, subject, place }: Omit<Written, "value"> & { readonly name: string },
  context: Context,
): Binding {
  const { findings } = context;
  const cache = cacheNamed(binding.resource, context);
  if (binding.kind === "attribute") {
    const problem = cache === undefined ? undefined : hostProblem(cache);
    if (problem !== undefined) findings.problem({ code: "binding", subject, ...problem, place });
    return binding;
  }
  if (cache !== undefined && binding.kind === "url") {
    const url = cacheUrl(binding, cache);
    return name.startsWith("CELERY_") ? celeryUrl(url) : url;
  }
  const database = context.databases.get(binding.resource);
  for (const message of database === undefined ? [] : nameProblems(binding, database))
    findings.problem({ code: "name", subject, message, place });
  return binding;
}

function nameProblems(binding: Binding, { engine }: DatabaseDraft): readonly string[] {
  const named = databaseOf(binding);
  if (named === undefined) return [];
  const problems = [nameProblem(engine, "database", named.name), nameProblem(engine, "role", named.role)];
  return [...new Set(problems.filter((problem) => problem !== undefined))];
}

function cacheNamed(name: string, { otherResources }: Context): Cache | undefined {
  return otherResources.find((one): one is Cache => one.type === "cache" && one.name === name);
}

/** Binding 4: what is always there for the resources a service may reach. Database names and roles are plain text. */
export function alwaysPresent(uses: readonly string[], own: Bound, context: Context): Bound {
  const parts = uses.map((name) => presentFor(name, own, context));
  return {
    variables: Object.assign({}, ...parts.map((part) => part.variables)),
    bindings: Object.assign({}, ...parts.map((part) => part.bindings)),
  };
}

function presentFor(name: string, own: Bound, context: Context): Bound {
  const prefix = variablePrefix(name);
  const database = context.databases.get(name);
  if (database !== undefined) return presentDatabase(prefix, database, own, context);
  const resource = context.otherResources.find((one) => one.name === name);
  switch (resource?.type) {
    case "cache":
      return presentCache(prefix, resource, context);
    case "bucket":
    case "table":
      return { variables: {}, bindings: { [`${prefix}_NAME`]: attribute(name, "name") } };
    case "queue":
      return { variables: {}, bindings: { [`${prefix}_URL`]: attribute(name, "url") } };
    case "topic":
      return { variables: {}, bindings: { [`${prefix}_ARN`]: attribute(name, "arn") } };
    case undefined:
      return { variables: {}, bindings: {} };
  }
}

function presentDatabase(prefix: string, draft: DatabaseDraft, own: Bound, context: Context): Bound {
  const { name, role } = databaseFor(draft, own);
  const url = presentUrl(draft, own);
  return {
    variables: { [`${prefix}_USER`]: role, [`${prefix}_NAME`]: name, ...libpqTls(draft, own.bindings) },
    bindings: {
      [`${prefix}_URL`]: url,
      [`${prefix}_HOST`]: attribute(draft.name, "host"),
      [`${prefix}_PORT`]: attribute(draft.name, "port"),
      [`${prefix}_PASSWORD`]: { ...attribute(draft.name, "password"), role },
      ...(context.databases.size === 1 ? { DATABASE_URL: url } : {}),
    },
  };
}

/** MySQL's drivers differ in what they want of a URL: that of the service's own is the best there is. */
function presentUrl(draft: DatabaseDraft, own: Bound): Binding {
  const { name, role } = databaseFor(draft, own);
  const { name: resource, engine } = draft;
  const path = `/${encodeURIComponent(name)}`;
  if (engine === "postgres")
    return { kind: "url", resource, scheme: "postgres", role, path, query: verifiedTls };
  const written = Object.values(own.bindings).find(
    (one) => one.kind === "url" && one.resource === resource && one.open !== true,
  );
  return written ?? { kind: "url", resource, scheme: "mysql", role, path, query: "" };
}

/** Clients that are told host and password apart read the mode of TLS from the variable of libpq. */
function libpqTls(draft: DatabaseDraft, own: Bindings): Readonly<Record<string, string>> {
  if (draft.engine !== "postgres") return {};
  const isApart = Object.values(own).some((one) => one.kind === "attribute" && one.resource === draft.name);
  return isApart ? { PGSSLMODE: "verify-full" } : {};
}

function presentCache(prefix: string, cache: Cache, context: Context): Bound {
  const { name } = cache;
  const isMemcached = cache.engine === "memcached";
  const scheme = isMemcached ? "memcached" : "redis";
  const url = cacheUrl({ kind: "url", resource: name, scheme, path: "", query: "" }, cache);
  const alike = context.otherResources.filter((one) => one.type === "cache" && one.engine !== "memcached");
  return {
    variables: {},
    bindings: {
      [`${prefix}_URL`]: url,
      [`${prefix}_HOST`]: attribute(name, "host"),
      [`${prefix}_PORT`]: attribute(name, "port"),
      ...(!isMemcached && alike.length === 1 ? { REDIS_URL: url } : {}),
    },
  };
}

function attribute(resource: string, name: Attribute) {
  return { kind: "attribute", resource, attribute: name } as const;
}
