import assert from "node:assert/strict";
import { test } from "node:test";
import { hiddenArguments } from "./hidden-arguments.ts";

test("secrets are given by variables, by name and by value", () => {
  const secrets = { NPM_TOKEN: "x", DATABASE_URL: "postgres://me:pw@host/db" };
  assert.deepEqual(
    hiddenArguments({ ...secrets, COLOR: "blue", SITE_URL: "https://x.example/a:b@c" }),
    secrets,
  );
});

test("no argument of a file sets what programs on this machine act on", () => {
  const names =
    "PATH HOME LD_PRELOAD DOCKER_HOST DOCKER_AUTH_TOKEN BUILDX_SECRET GODEBUG AWS_SECRET_ACCESS_KEY";
  const others =
    "SSLKEYLOGFILE SSH_AUTH GIT_TOKEN CLOUDSDK_PYTHON NODE_OPTIONS BASH_ENV FREEHOLD_DOCKER_PASSWORD";
  const args = [...names.split(" "), ...others.split(" ")].map((name) => [name, "x://a:b@c"]);
  assert.deepEqual(hiddenArguments(Object.fromEntries(args)), {});
});
