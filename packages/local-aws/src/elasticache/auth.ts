import { createHash } from "node:crypto";
import { invalidCombination, invalidValue, notOffered } from "../database-services/errors.ts";
import type { Auth } from "./state.ts";

export const openToAll: Auth = { tokens: [], open: true };

export interface AuthChange {
  readonly token?: string | undefined;
  readonly strategy?: string | undefined;
  readonly tls: boolean;
  /** ISO 8601. */
  readonly at: string;
}

/** The authentication of a new group. */
export function firstAuth({ token, tls, at }: AuthChange): Auth {
  if (token === undefined) return openToAll;
  requireTls(tls);
  return { tokens: [digestOf(requireToken(token))], open: false, modifiedAt: at };
}

/**
 * ROTATE (the default) takes the new token beside what was valid; SET leaves the newest token alone and is allowed only
 * after ROTATE; DELETE only while moving to users and groups.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html
 */
export function changedAuth(auth: Auth, { token, strategy = "ROTATE", tls, at }: AuthChange): Auth {
  if (strategy === "DELETE") throw notOffered("AuthTokenUpdateStrategy DELETE, which goes with user groups,");
  if (token === undefined) throw invalidCombination("AuthTokenUpdateStrategy needs an AuthToken");
  requireTls(tls);
  const digest = digestOf(requireToken(token));
  if (strategy === "SET") return onlyToken(auth, digest, at);
  const before = auth.tokens.filter((one) => one !== digest).slice(-1);
  return { tokens: [...before, digest], open: auth.open, modifiedAt: at };
}

function onlyToken(auth: Auth, digest: string, at: string): Auth {
  if (!auth.tokens.includes(digest)) {
    throw invalidCombination(
      "The AUTH token update strategy SET is allowed only after ROTATE with the same token.",
    );
  }
  return { tokens: [digest], open: false, modifiedAt: at };
}

function requireTls(tls: boolean): void {
  if (!tls)
    throw invalidCombination("The AUTH token is only supported when encryption-in-transit is enabled.");
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html */
function requireToken(token: string): string {
  if (/^[A-Za-z0-9!&#$^<>-]{16,128}$/.test(token)) return token;
  throw invalidValue(
    "Invalid AuthToken provided. An AUTH token has 16 to 128 characters: letters, digits and !, &, #, $, ^, <, >, -.",
  );
}

function digestOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
