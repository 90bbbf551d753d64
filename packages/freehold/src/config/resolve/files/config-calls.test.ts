import assert from "node:assert/strict";
import { test } from "node:test";
import { diskOf } from "../../testing/disk.ts";
import { parse } from "../../testing/parse.ts";

const disk = diskOf({ "proxy.conf": "proxy_pass http://app:3000; # and\nserver db:5432; server site;" });

const file = (proxy: string) => `
services:
  a: ${proxy}
  app: { build: . }
  db: { image: "postgres:17" }`;

function resolved(proxy: string) {
  const application = parse(file(proxy), {}, disk);
  const services = application.collections[0]?.environments[0]?.services ?? [];
  const [caller, called] = ["a", "app"].map((name) => services.find((one) => one.name === name));
  assert.ok(caller !== undefined && caller.type !== "site" && called !== undefined);
  return {
    calls: caller.calls,
    called: [called.type, called.reason],
    notes: application.notes.map(({ subject, message }) => `${subject}: ${message}`),
  };
}

test("a file that is carried calls the services it names, which listen there", () => {
  const { calls, called, notes } = resolved(
    "{ image: 'nginx:1', ports: ['80'], volumes: [./proxy.conf:/etc/proxy.conf] }",
  );
  assert.deepEqual(calls, [{ service: "app", port: 3000 }]);
  assert.deepEqual(called, ["private", "others call it at port 3000"]);
  assert.deepEqual(notes, [
    "services.a.volumes: /etc/proxy.conf names `db`: on AWS it has another address, which a variable can tell and a file that is carried cannot",
  ]);
});

test("what runs once calls it by another name, and is told so", () => {
  const { calls, notes } = resolved(
    "{ image: 'nginx:1', volumes: [./proxy.conf:/etc/proxy.conf], x-freehold: { schedule: '0 3 * * *' } }",
  );
  assert.deepEqual(calls, [{ service: "app", port: 3000 }]);
  assert.match(notes.join("\n"), /names `app`: what runs once reaches it by a name of the private DNS/);
});
