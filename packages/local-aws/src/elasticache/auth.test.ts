import assert from "node:assert/strict";
import { test } from "node:test";
import { changedAuth, firstAuth, openToAll } from "./auth.ts";
import { defaultUserRules } from "./configuration.ts";

const at = "2026-05-20T00:00:00.000Z";
const tls = true;
const one = "token-number-one-1";
const two = "token-number-two-2";
const three = "token-number-three";
const rotate = (token: string) => ({ token, strategy: "ROTATE", tls, at });
const set = (token: string) => ({ token, strategy: "SET", tls, at });

test("ROTATE lets the token in beside those without one; SET then closes the door", () => {
  const rotated = changedAuth(openToAll, rotate(one));
  assert.equal(rotated.open, true);
  assert.ok(defaultUserRules(rotated).includes("nopass"));
  const closed = changedAuth(rotated, set(one));
  assert.deepEqual([closed.open, closed.tokens.length], [false, 1]);
  assert.ok(!defaultUserRules(closed).includes("nopass"));
});

test("two tokens at most: a third ROTATE drops the oldest", () => {
  const first = firstAuth({ token: one, tls, at });
  const third = changedAuth(changedAuth(first, rotate(two)), rotate(three));
  assert.equal(third.tokens.length, 2);
  assert.deepEqual(changedAuth(third, set(three)).tokens, firstAuth({ token: three, tls, at }).tokens);
  assert.throws(() => changedAuth(third, set(one)), { code: "InvalidParameterCombination" });
});

test("ROTATE is what happens when no strategy is named", () => {
  assert.deepEqual(changedAuth(openToAll, { token: one, tls, at }), changedAuth(openToAll, rotate(one)));
});

test("what ElastiCache refuses is refused", () => {
  assert.throws(() => changedAuth(openToAll, set(one)), { code: "InvalidParameterCombination" });
  assert.throws(() => changedAuth(openToAll, { strategy: "ROTATE", tls, at }), {
    code: "InvalidParameterCombination",
  });
  assert.throws(() => changedAuth(openToAll, { strategy: "DELETE", tls, at }), { status: 501 });
  assert.throws(() => firstAuth({ token: one, tls: false, at }), { code: "InvalidParameterCombination" });
  for (const token of ["short", "with a space in it", "with/a/slash/in/it", "x".repeat(129)]) {
    assert.throws(() => firstAuth({ token, tls, at }), { code: "InvalidParameterValue" }, token);
  }
});
