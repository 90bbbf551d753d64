import assert from "node:assert/strict";
import { test } from "node:test";
import { isSecretName } from "./secret-name.ts";

test("names that say that the value is a secret", () => {
  const secrets =
    "NPM_TOKEN token GITHUB_PAT api_key apiKey STRIPE_SECRET DB_PASSWORD SENTRY_AUTH_TOKEN SSH_KEY_BASE64 SENTRY_DSN";
  assert.deepEqual(
    secrets.split(" ").filter((name) => !isSecretName(name)),
    [],
  );
  const others =
    "VERSION COLOR NODE_ENV KEYBOARD PASSENGERS TOKENIZER NEXT_PUBLIC_API_KEY PUBLIC_KEY MONKEY PATH SECRETARY";
  assert.deepEqual(others.split(" ").filter(isSecretName), []);
});
