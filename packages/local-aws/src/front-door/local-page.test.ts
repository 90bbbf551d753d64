import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Casualty } from "../service.ts";
import { writeAtomically } from "../store/atomic-file.ts";
import { createFaults } from "./faults.ts";
import { closeServer } from "./listen.ts";
import { createLocalPage } from "./local-page.ts";
import { openToken } from "./token.ts";

test("the token is its owner's alone, and another at each start", async () => {
  const folder = await mkdtemp(join(tmpdir(), "token-"));
  try {
    const token = await openToken(folder, writeAtomically);
    assert.match(token, /^[\w-]{43}$/);
    assert.equal((await stat(join(folder, "token"))).mode & 0o777, 0o600);
    assert.equal((await readFile(join(folder, "token"), "utf8")).trim(), token);
    const next = await openToken(folder, writeAtomically);
    assert.notEqual(next, token);
    assert.equal((await readFile(join(folder, "token"), "utf8")).trim(), next);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe("our own page", () => {
  let server: Server;
  let base = "";
  let shutdowns = 0;
  before(async () => {
    const status = {
      endpoint: "http://127.0.0.1:1",
      folder: "/state",
      pid: 7,
      region: "us-east-1",
      accountId: "1",
      services: ["ecs"],
    };
    const shutdown = () => {
      shutdowns += 1;
    };
    const kill = async (casualty: Casualty) => [`arn of ${JSON.stringify(casualty)}`];
    const page = createLocalPage(status, "right", { shutdown, faults: createFaults(), kill });
    server = createServer((request, response) => {
      if (page.claims(request)) void page.serve(request, response);
      else response.writeHead(404).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    assert.ok(typeof address === "object" && address !== null);
    base = `http://127.0.0.1:${address.port}`;
  });
  after(() => closeServer(server));

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const refused: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ["GET", "/_local", {}],
    ["GET", "/_local", bearer("wrong")],
    ["GET", "/_local?token=wrong", {}],
    ["GET", "/_local?token=", {}],
    ["GET", "/_local/faults", {}],
    ["POST", "/_local/shutdown", {}],
    ["POST", "/_local/faults", { "x-local-aws": "faults" }],
    // A form on a web page could send it, had somebody given the link away.
    ["POST", "/_local/shutdown?token=right", {}],
    ["DELETE", "/_local/faults", { authorization: "Basic right" }],
  ];
  for (const [method, path, headers] of refused) {
    test(`${method} ${path} with ${JSON.stringify(headers)} is refused, with the way in`, async () => {
      const answer = await fetch(base + path, { method, headers });
      assert.equal(answer.status, 401);
      assert.match(await answer.text(), /\/state\/token/);
      assert.equal(shutdowns, 0);
    });
  }

  test("whoever has the token sees what runs, by header or by link", async () => {
    for (const [path, headers] of [
      ["/_local", bearer("right")],
      ["/_local?token=right", {}],
    ] as const) {
      const answer = await fetch(base + path, { headers });
      assert.partialDeepStrictEqual(await answer.json(), { pid: 7, services: ["ecs"] });
    }
  });

  test("what is not there is said so", async () => {
    const answer = await fetch(`${base}/_local/nothing`, { headers: bearer("right") });
    assert.equal(answer.status, 404);
  });

  test("rules and deaths are ordered at one place, each without the other", async () => {
    const order = async (body: unknown) =>
      (
        await fetch(`${base}/_local/faults`, {
          method: "POST",
          headers: bearer("right"),
          body: JSON.stringify(body),
        })
      ).json();
    const rules = [{ service: "ecs", operation: "RunTask", kind: "drop" }];
    assert.partialDeepStrictEqual(await order({ rules }), { rules });
    assert.partialDeepStrictEqual(await order({ kill: { zone: "us-east-1a" } }), {
      rules,
      killed: ['arn of {"zone":"us-east-1a"}'],
    });
  });

  test("whoever has the token may end it", async () => {
    const answer = await fetch(`${base}/_local/shutdown`, { method: "POST", headers: bearer("right") });
    assert.equal(answer.status, 202);
    await answer.text();
    while (shutdowns === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(shutdowns, 1);
  });
});
