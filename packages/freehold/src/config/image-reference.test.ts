import assert from "node:assert/strict";
import { test } from "node:test";
import { isImageReference } from "./image-reference.ts";

const digest = `sha256:${"0a".repeat(32)}`;

const references = [
  ...[
    "nginx",
    "nginx:1.27",
    "library/nginx",
    "a/b/c/d:v1",
    "my__app",
    "my--app",
    "a.b_c-d:X_y.z-1",
    "localhost/app",
  ],
  ...[
    "localhost:5000/app:v2",
    "ghcr.io/acme/api:v2",
    "127.0.0.1:4577/shop/api",
    "[::1]:5000/app",
    "REGISTRY/app",
  ],
  ...[
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:release-dev-v1",
    `nginx@${digest}`,
    `a/b:v1@${digest}`,
  ],
];

const others = [
  ...[
    "",
    "--privileged",
    "-v/:/x",
    "--config=./x",
    "-",
    "nginx:",
    ":1",
    "nginx:-1",
    "nginx: 1",
    "nginx 1",
    "/nginx",
  ],
  ...[
    "nginx/",
    "a//b",
    "Nginx",
    "acme/Api",
    "http://ghcr.io/acme/api",
    "ghcr.io:/api",
    "-host.io/app",
    "nginx@sha256:0a",
  ],
  ...[
    `nginx@${digest}@${digest}`,
    "nginx;id",
    "$(id)",
    "nginx\n",
    "../app",
    `nginx:${"1".repeat(129)}`,
    "a".repeat(256),
  ],
];

for (const text of references)
  test(`${text} names an image`, () => assert.equal(isImageReference(text), true));
for (const text of others) {
  test(`${JSON.stringify(text)} does not name an image`, () => assert.equal(isImageReference(text), false));
}
