import type { Binding } from "./binding.ts";

/** What is known of a resource once it exists; which of them are there depends on its type. */
export interface ResourceFacts {
  readonly host?: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  readonly name?: string;
  readonly url?: string;
  readonly arn?: string;
}

/**
 * The value of a bound variable. Credentials are percent-encoded (RFC 3986, section 3.2.1), for passwords may hold any
 * character. Undefined when a fact the binding needs is missing.
 */
export function composeBindingValue(binding: Binding, facts: ResourceFacts): string | undefined {
  if (binding.kind === "attribute") return attributeValue(binding, facts);
  if (binding.kind === "text") return textValue(binding, facts);
  if (facts.host === undefined || facts.port === undefined || facts.password === undefined) return undefined;
  const user = encodeURIComponent(binding.role ?? facts.username ?? "");
  const credentials = `${user}:${encodeURIComponent(facts.password)}`;
  const query = binding.query === "" ? "" : `?${binding.query}`;
  return `${binding.scheme}://${credentials}@${facts.host}:${facts.port}${binding.path}${query}`;
}

/**
 * https://learn.microsoft.com/dotnet/framework/data/adonet/connection-string-syntax,
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE
 */
const quoted = {
  doubled: (value: string) => `"${value.replaceAll('"', '""')}"`,
  none: (value: string) => value,
  escaped: (value: string) => `'${value.replaceAll(/['\\]/g, "\\$&")}'`,
} as const;

function textValue(
  { parts, role, quoting }: Extract<Binding, { kind: "text" }>,
  facts: ResourceFacts,
): string | undefined {
  const values = parts.map((part) => {
    if ("text" in part) return part.text;
    const value = attributeValue({ attribute: part.attribute, role }, facts);
    return part.attribute === "password" && value !== undefined ? quoted[quoting](value) : value;
  });
  return values.every((value) => value !== undefined) ? values.join("") : undefined;
}

function attributeValue(
  binding: Pick<Extract<Binding, { kind: "attribute" }>, "attribute" | "role">,
  facts: ResourceFacts,
): string | undefined {
  switch (binding.attribute) {
    case "user":
      return binding.role ?? facts.username;
    case "port":
      return facts.port?.toString();
    case "address":
      return facts.host === undefined || facts.port === undefined ? undefined : `${facts.host}:${facts.port}`;
    case "host":
    case "password":
    case "name":
    case "url":
    case "arn":
      return facts[binding.attribute];
  }
}
