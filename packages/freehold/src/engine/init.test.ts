import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { listing } from "../init/testing/listing.ts";
import { init } from "./init.ts";
import type { QuestionPort } from "./ports.ts";

const files = { "go.mod": "module a/b\n", "main.go": 'package main\nhttp.ListenAndServe(":9000", nil)' };

function opened(isAgreed: (question: string) => boolean, taken: readonly string[] = []) {
  const written = new Map<string, string>();
  const asked: string[] = [];
  const questions: QuestionPort = {
    confirm: (question) => {
      asked.push(question.text);
      return Promise.resolve(isAgreed(question.text));
    },
    typed: () => Promise.resolve(false),
  };
  const create = (path: string, text: string) => {
    if (taken.includes(path)) return Promise.resolve(false);
    written.set(path, text);
    return Promise.resolve(true);
  };
  return {
    ports: { project: { read: () => Promise.resolve(listing(files)), create }, questions },
    written,
    asked,
  };
}

test("writes what is agreed to, the application's file last", async () => {
  const { ports, written, asked } = opened(() => true);
  let shown = 0;
  const done = await init(ports, (_proposal, all) => {
    assert.equal(asked.length, 0, "shown before anything is asked");
    shown = all.length;
  });
  assert.equal(shown, 3);
  assert.deepEqual(done.written, ["Dockerfile", ".dockerignore", "freehold.yml"]);
  assert.match(written.get("freehold.yml") ?? "", /ports: \[ "9000:9000" \]/);
  assert.match(written.get("Dockerfile") ?? "", /go build .* \.$/m);
});

test("writes nothing that is declined", async () => {
  const { ports, written } = opened((question) => question.includes("freehold.yml"));
  const done = await init(ports, () => {});
  assert.deepEqual([...written.keys()], ["freehold.yml"]);
  assert.deepEqual(done.declined, ["Dockerfile", ".dockerignore"]);
});

test("asks all before it writes any, and leaves alone what came into being meanwhile", async () => {
  const { ports, written } = opened(() => true, ["freehold.yml"]);
  await assert.rejects(
    init(ports, () => {}),
    (error) => error instanceof UserError && /left as it is.*Dockerfile/.test(error.message),
  );
  assert.deepEqual([...written.keys()], ["Dockerfile", ".dockerignore"]);
  const broken = opened(() => {
    throw new UserError({ code: "no-terminal", subject: "", message: "no terminal" });
  });
  await assert.rejects(
    init(broken.ports, () => {}),
    UserError,
  );
  assert.equal(broken.written.size, 0);
});
