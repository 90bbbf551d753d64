import type { Attribute, Binding } from "../../app/binding.ts";
import { bindValue, verifiedTls } from "./bind-value.ts";
import type { Context } from "./context.ts";
import { type Draft, variablePrefix } from "./draft.ts";
import type { DatabaseDraft } from "./managed.ts";
import type { Written } from "./variables.ts";

type Bindings = Readonly<Record<string, Binding>>;

/** Plain variables and bound ones; a name is in one of them only. */
export interface Bound {
  readonly variables: Readonly<Record<string, string>>;
  readonly bindings: Bindings;
}

/** Binding 1: every written value that names a managed resource becomes a binding; what works at home only is a problem. */
export function bindWritten(written: ReadonlyMap<string, Written>, draft: Draft, context: Context): Bound {
  const variables: [string, string][] = [];
  const bindings: [string, Binding][] = [];
  for (const [name, { value, place }] of written) {
    const subject = `${draft.subject}.environment.${name}`;
    const bound = bindValue({ name, value, owner: draft.name }, context.scope);
    if (bound.kind === "bound") bindings.push([name, checked(bound.binding, subject, place, context)]);
    else variables.push([name, value]);
    if (bound.kind === "note") context.findings.note(subject, bound.message);
    if (bound.kind === "problem") {
      context.findings.problem({ code: "binding", subject, message: bound.message, hint: bound.hint, place });
    }
    if (bound.kind === "plain") checkCredential(name, { value, place }, subject, context);
  }
  return { variables: Object.fromEntries(variables), bindings: Object.fromEntries(bindings) };
}

const reserved = /^(?:pg_|rds|freehold$|template[01]$)/;

/** RDS keeps some names of roles and databases for itself (and we `freehold`, the master user). */
function checked(
  binding: Extract<Binding, { kind: "url" }>,
  subject: string,
  place: Written["place"],
  { findings }: Context,
) {
  for (const name of binding.role === undefined ? [] : [binding.role, binding.path.slice(1)]) {
    if (reserved.test(name)) {
      findings.problem({
        code: "name",
        subject,
        message: `RDS keeps the name \`${name}\` for itself; choose another`,
        place,
      });
    }
  }
  return binding;
}

/** Binding 3 is not built yet: the password of the container at home would be sent to the real database. */
function checkCredential(name: string, { value, place }: Written, subject: string, context: Context): void {
  if (!/(?:PASSWORD|PASSWD|PASS|PWD)$/i.test(name)) return;
  for (const database of context.databases.values()) {
    if (database.home.password !== value) continue;
    const message = `is the password of \`${database.name}\` at home; giving the real one is not built yet`;
    const present = `${variablePrefix(database.name)}_PASSWORD`;
    const url = `use a URL (postgres://user:password@${database.name}:5432/name)`;
    const hint = name === present ? url : `${url}, or read ${present}, which is always there`;
    context.findings.problem({ code: "binding", subject, message, hint, place });
  }
}

/** Binding 4: what is always there for the resources a service may reach. Database names and roles are plain text. */
export function alwaysPresent(uses: readonly string[], own: Bindings, context: Context): Bound {
  const parts = uses.map((name) => presentFor(name, own, context));
  return {
    variables: Object.assign({}, ...parts.map((part) => part.variables)),
    bindings: Object.assign({}, ...parts.map((part) => part.bindings)),
  };
}

function presentFor(name: string, own: Bindings, context: Context): Bound {
  const prefix = variablePrefix(name);
  const database = context.databases.get(name);
  if (database !== undefined) return presentDatabase(prefix, database, own, context);
  const resource = context.otherResources.find((one) => one.name === name);
  switch (resource?.type) {
    case "cache":
      return presentCache(prefix, name, context);
    case "bucket":
      return { variables: {}, bindings: { [`${prefix}_NAME`]: attribute(name, "name") } };
    case "queue":
      return { variables: {}, bindings: { [`${prefix}_URL`]: attribute(name, "url") } };
    case undefined:
      return { variables: {}, bindings: {} };
  }
}

function presentDatabase(prefix: string, draft: DatabaseDraft, own: Bindings, context: Context): Bound {
  const { name, role } = databaseFor(draft, own);
  const url: Binding = {
    kind: "url",
    resource: draft.name,
    scheme: "postgres",
    role,
    path: `/${encodeURIComponent(name)}`,
    query: verifiedTls,
  };
  return {
    variables: { [`${prefix}_USER`]: role, [`${prefix}_NAME`]: name },
    bindings: {
      [`${prefix}_URL`]: url,
      [`${prefix}_HOST`]: attribute(draft.name, "host"),
      [`${prefix}_PORT`]: attribute(draft.name, "port"),
      [`${prefix}_PASSWORD`]: { ...attribute(draft.name, "password"), role },
      ...(context.databases.size === 1 ? { DATABASE_URL: url } : {}),
    },
  };
}

function presentCache(prefix: string, name: string, context: Context): Bound {
  const url: Binding = { kind: "url", resource: name, scheme: "rediss", path: "", query: "" };
  const isOnly = context.otherResources.filter((resource) => resource.type === "cache").length === 1;
  return {
    variables: {},
    bindings: {
      [`${prefix}_URL`]: url,
      [`${prefix}_HOST`]: attribute(name, "host"),
      [`${prefix}_PORT`]: attribute(name, "port"),
      ...(isOnly ? { REDIS_URL: url } : {}),
    },
  };
}

function attribute(resource: string, name: Attribute) {
  return { kind: "attribute", resource, attribute: name } as const;
}

/** Which of a database's databases a service means: that of its own URL, else that of the container at home, else `app`. */
export function databaseFor(
  draft: DatabaseDraft,
  own: Bindings,
): { readonly name: string; readonly role: string } {
  for (const variable of Object.keys(own).sort()) {
    const binding = own[variable];
    if (binding?.kind === "url" && binding.resource === draft.name && binding.role !== undefined)
      return databaseOf(binding);
  }
  const role = draft.home.role ?? draft.home.database ?? "app";
  return { name: draft.home.database ?? role, role };
}

export function databaseOf({ path, role }: Extract<Binding, { kind: "url" }>): {
  readonly name: string;
  readonly role: string;
} {
  return { name: decodeURIComponent(path.slice(1)), role: role ?? "app" };
}
