/** Where a variable's value is kept, from a container definition's `valueFrom`. */
export type SecretReference =
  | {
      readonly store: "secrets";
      readonly id: string;
      readonly key?: string | undefined;
      readonly stage?: string | undefined;
      readonly version?: string | undefined;
    }
  | { readonly store: "parameters"; readonly name: string };

/**
 * Reads `arn:…:secret:name[:json-key[:version-stage[:version-id]]]`, a parameter's ARN or its name.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html.
 */
export function parseReference(valueFrom: string): SecretReference {
  const parts = valueFrom.split(":");
  if (parts[0] === "arn" && parts[2] === "secretsmanager") {
    const [key, stage, version] = parts.slice(7);
    return {
      store: "secrets",
      id: parts.slice(0, 7).join(":"),
      key: key || undefined,
      stage: stage || undefined,
      version: version || undefined,
    };
  }
  if (parts[0] !== "arn") return { store: "parameters", name: valueFrom };
  const path = parts
    .slice(5)
    .join(":")
    .replace(/^parameter/, "");
  // `parameter/name` is the parameter `name`; only names with a slash inside keep the leading one.
  return { store: "parameters", name: path.lastIndexOf("/") > 0 ? path : path.slice(1) };
}
