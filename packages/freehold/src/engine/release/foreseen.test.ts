import assert from "node:assert/strict";
import { test } from "node:test";
import { foreseenServices } from "./foreseen.ts";

const ofApi = (...path: readonly string[]) => ["freehold", "services", "api", ...path];

test("a release is foreseen by the names of variables and settings, each once", () => {
  const outputs = [
    ofApi("template", "cpu"),
    ofApi("template", "containerDefinitions", "api", "environment", "LOG_LEVEL", "value"),
    ofApi("template", "containerDefinitions", "api", "secrets", "TOKEN"),
    ofApi("template", "containerDefinitions", "api", "command", "0"),
    ofApi("template", "containerDefinitions", "api", "command", "1"),
  ];
  assert.deepEqual(foreseenServices(outputs, ["api", "worker"]), [
    { name: "api", changed: ["LOG_LEVEL", "TOKEN", "command", "cpu"] },
  ]);
});

test("a service that is new is released, one that has gone is not, and other outputs release nothing", () => {
  assert.deepEqual(foreseenServices([ofApi(), ["freehold", "services", "old"]], ["api"]), [
    { name: "api", changed: [] },
  ]);
  assert.deepEqual(foreseenServices([ofApi("log_group"), ["freehold", "domain"]], ["api"]), []);
});
