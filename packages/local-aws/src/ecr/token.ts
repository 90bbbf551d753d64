import { createHmac, timingSafeEqual } from "node:crypto";

/** A password of `docker login -u AWS`, good until an instant; only its holder of the secret can have made it. */
export function signToken(secret: string, until: Date): string {
  const payload = Buffer.from(JSON.stringify({ until: until.toISOString() })).toString("base64url");
  return `${payload}.${signature(secret, payload)}`;
}

/** Whether an `Authorization` header carries a token of ours that is still good: `Basic base64("AWS:" + token)`. */
export function isAuthorized(secret: string, header: string | undefined, now: Date): boolean {
  const [, scheme, value] = /^(Basic|Bearer) (\S+)$/i.exec(header ?? "") ?? [];
  if (scheme === undefined || value === undefined) return false;
  const [, token] = /^AWS:(.+)$/.exec(Buffer.from(value, "base64").toString("utf8")) ?? [];
  return token !== undefined && isGood(secret, token, now);
}

function isGood(secret: string, token: string, now: Date): boolean {
  const [payload = "", signed = ""] = token.split(".");
  const expected = Buffer.from(signature(secret, payload));
  const given = Buffer.from(signed);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false;
  return now.getTime() < untilOf(payload);
}

/** The signature was checked: we wrote this. */
function untilOf(payload: string): number {
  const { until } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { until: string };
  return Date.parse(until);
}

function signature(secret: string, payload: string): string {
  return createHmac("sha256", secret).update(payload).digest("base64url");
}
