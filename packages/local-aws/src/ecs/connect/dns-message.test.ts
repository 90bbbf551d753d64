import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo, questionOf } from "./dns-message.ts";

/** As a client asks: an id, recursion desired, one question. */
function query(name: string, type = 1): Buffer {
  const head = Buffer.from([0xab, 0xcd, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  const labels = name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([head, ...labels, Buffer.from([0, 0, type, 0, 1])]);
}

test("a question is read, in small letters", () => {
  const asked = query("API.dev.Shop.internal", 28);
  assert.deepEqual(questionOf(asked), { name: "api.dev.shop.internal", type: 28, length: asked.length });
});

test("what is no query is none", () => {
  for (const message of [
    Buffer.alloc(0),
    Buffer.alloc(12),
    query("api").subarray(0, 15),
    Buffer.alloc(40, 0xff),
  ])
    assert.equal(questionOf(message), undefined);
});

function answered(addresses: readonly string[] | undefined): Buffer {
  const asked = Buffer.concat([query("api.dev"), Buffer.from("an additional record")]);
  const question = questionOf(asked) ?? assert.fail("no question");
  return answerTo(asked, question, addresses, 10);
}

test("each address is a record of the name asked for", () => {
  const reply = answered(["10.0.0.7", "10.0.1.255"]);
  assert.equal(reply.readUInt16BE(0), 0xabcd, "the id of the query");
  assert.deepEqual([reply[2], reply[3]], [0x85, 0x80], "an authoritative answer without an error");
  assert.deepEqual([reply.readUInt16BE(4), reply.readUInt16BE(6)], [1, 2]);
  assert.deepEqual([...reply.subarray(-16)], [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 10, 0, 4, 10, 0, 1, 255]);
});

test("a name without addresses is there, one that is not says so", () => {
  assert.deepEqual([...answered([]).subarray(3, 8)], [0x80, 0, 1, 0, 0]);
  assert.deepEqual([...answered(undefined).subarray(3, 8)], [0x83, 0, 1, 0, 0]);
});
