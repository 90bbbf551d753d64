import type { Secret } from "./value.ts";

/** Passwords of the managed resources: of database roles by `roleKey`, of caches by name. */
export type Passwords = ReadonlyMap<string, Secret>;

/** What one part did: the passwords it knows now, and how many secrets it wrote. */
export interface Filled {
  readonly passwords: Passwords;
  readonly written: number;
}

/** Key of a role's password among `Passwords`. */
export function roleKey(database: string, role: string): string {
  return `${database}/${role}`;
}
