import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { parseApplication } from "../parse.ts";
import type { ForeignSources } from "./adapt.ts";
import { cncAdapter } from "./cnc/adapter.ts";
import { coherenceAdapter } from "./coherence/adapter.ts";
import { renderNativeFile } from "./native-file.ts";
import { adaptFixture, applicationOf, fixture, sources } from "./testing/read-fixture.ts";

const shop = fixture(cncAdapter, join(import.meta.dirname, "cnc/fixtures/shop"), [
  "cnc.yml",
  "environments.yml",
]);

function written(foreign: ForeignSources): string {
  const hasVariables = foreign.adapter.hasVariables === true;
  return renderNativeFile(adaptFixture(foreign), {
    from: foreign.files.map(({ name }) => name),
    hasVariables,
  });
}

function native(text: string) {
  return parseApplication([{ path: "freehold.yml", text }], { folder: "project", variables: {} });
}

const weekly = fixture(coherenceAdapter, join(import.meta.dirname, "coherence/fixtures/shop"), [
  "coherence.yml",
]);

for (const foreign of [shop, weekly])
  test(`the file written from ${foreign.adapter.main} means the same application`, () => {
    const { notes: _told, ...application } = native(written(foreign));
    const { notes: _notes, ...meant } = applicationOf(foreign);
    assert.deepEqual(application, meant);
  });

test("a dollar stays a dollar", () => {
  const text =
    "services:\n  api:\n    build: .\n    command: serve --port $PORT\n    x-cnc: { type: backend }\n";
  const foreign = sources(cncAdapter, [["cnc.yml", text]]);
  const service = native(written(foreign)).collections[0]?.environments[0]?.services[0];
  assert.deepEqual(service?.type === "web" && service.command, ["sh", "-c", "serve --port $PORT"]);
});

test("what needs an eye is said: at the top where nothing stands for it, else where it stands", () => {
  const text = written(shop);
  const [first = "", , , lost = ""] = text.split("\n");
  assert.equal(first, "# Written by `freehold import` from cnc.yml and environments.yml.");
  assert.equal(
    lost,
    "#   x-cnc.build_settings.platform_settings.machine_type: images are built on this machine",
  );
  assert.match(text, /# weekdays count as Unix cron does.*\n\s+schedule: 30 6/);
});
