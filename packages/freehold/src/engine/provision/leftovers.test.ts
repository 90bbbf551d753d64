import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../events.ts";
import type { Ports } from "../ports.ts";
import { fakeAccount } from "../testing/fake-account.ts";
import { noteLeftovers } from "./leftovers.ts";

const place = { account: "111111111111", bucket: "state", key: "shop/default/collection.tfstate" };

async function notesOf(change: (ports: Ports) => Partial<Ports>): Promise<readonly string[]> {
  const { ports } = await fakeAccount();
  const events: Event[] = [];
  await noteLeftovers([place], { ...ports, ...change(ports) }, (event) => events.push(event));
  return events.map((event) => (event.type === "note" ? `${event.subject}: ${event.message}` : event.type));
}

test("where nothing is left, nothing is said", async () => {
  assert.deepEqual(await notesOf(() => ({})), []);
});

test("an old folder is noted, and neither read nor removed", async () => {
  const touched: string[] = [];
  const refuse = async (path: string) => {
    touched.push(path);
    return "";
  };
  const exists = async (path: string) => path === "/project/.freehold";
  const notes = await notesOf(({ files }) => ({
    files: { ...files, exists, readText: refuse, remove: async (path) => void touched.push(path) },
  }));
  assert.deepEqual(notes, [".freehold: is no longer used or read, and can be deleted"]);
  assert.deepEqual(touched, []);
});

test("a state that could not be saved is noted with the command that pushes it", async () => {
  const folder = "/work/runs/7";
  const [note = "", ...others] = await notesOf(({ work }) => ({
    work: { ...work, sweep: async () => [{ folder, file: "errored.tfstate" }] },
  }));
  assert.match(note, /^\/work\/runs\/7\/errored\.tfstate: /);
  assert.match(note, /s3:\/\/state\/shop\/default\/collection\.tfstate/);
  assert.match(note, /`terraform -chdir=\/work\/runs\/7 state push errored\.tfstate`/);
  assert.deepEqual(others, []);
});
