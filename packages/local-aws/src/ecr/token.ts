import { randomBytes } from "node:crypto";

/** What `docker login -u AWS` is given: `base64("AWS:" + password)`. */
export function newToken(): string {
  return Buffer.from(`AWS:${randomBytes(32).toString("base64url")}`).toString("base64");
}

/**
 * Whether an `Authorization` header names ECR's user. As with the keys that sign calls, the password must be there and
 * is not checked: whoever reaches this port could have asked for a token.
 */
export function isAuthorized(header: string | undefined): boolean {
  const [, value] = /^(?:Basic|Bearer) (\S+)$/i.exec(header ?? "") ?? [];
  return value !== undefined && /^AWS:.+$/.test(Buffer.from(value, "base64").toString("utf8"));
}
