import { createHash } from "node:crypto";

/**
 * What `mysql_native_password` keeps of a password: https://mariadb.com/docs/server/reference/plugins/authentication-plugins/authentication-plugin-mysql_native_password
 */
export function nativePasswordHash(password: string): string {
  const sha1 = (content: string | Buffer) => createHash("sha1").update(content).digest();
  return `*${sha1(sha1(password)).toString("hex").toUpperCase()}`;
}
