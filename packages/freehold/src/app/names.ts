import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** What a cloud name is made of, outermost first. Names alone: no mutable setting takes part. */
export interface Identity {
  readonly application: string;
  readonly collection?: string;
  readonly environment?: string;
  /** Service, resource or site. */
  readonly service?: string;
}

/**
 * A name for something in the cloud: readable, at most `max` characters, with a 6-letter hash of the tuple, so that
 * `a-b`+`c` and `a`+`b-c` differ. Lower-case letters, digits and hyphens only; starts with a letter.
 *
 * @param kind what tells apart two things of one identity (`task`, `exec`); part of the name and the hash.
 */
export function cloudName(identity: Identity, max: number, kind = ""): string {
  const parts = [identity.application, identity.collection, identity.environment, identity.service];
  const hash = letters(JSON.stringify([...parts.map((part) => part ?? null), kind]), 6);
  const words = [...parts, kind].filter((part): part is string => part !== undefined && part !== "");
  const readable = words
    .join("-")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+/g, "");
  return `${readable.slice(0, max - 7).replace(/(?<!-)-+$/, "")}-${hash}`.replaceAll(/^-/g, "");
}

/** A Terraform name: letters, digits, underscores; a letter-safe form, with a hash when the text had to change beyond `-` → `_`. */
export function terraformName(name: string): string {
  const plain = name.replaceAll("-", "_");
  if (/^[a-z][a-z0-9_]*$/.test(plain) && !name.includes("_")) return plain;
  const safe = plain
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "_")
    .replaceAll(/^[^a-z]+/g, "");
  return `${safe === "" ? "x" : safe}_${letters(name, 6)}`;
}

/** Letters a–z only: a hash that begins with a digit would be no valid name on its own. */
function letters(text: string, count: number): string {
  const bytes = sha256(utf8ToBytes(text));
  return Array.from(bytes.subarray(0, count), (byte) => String.fromCharCode(97 + (byte % 26))).join("");
}
