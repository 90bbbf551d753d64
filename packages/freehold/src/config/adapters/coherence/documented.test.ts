import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Rules } from "../rules.ts";
import { adaptFixture, fixture, outcomesOf } from "../testing/read-fixture.ts";
import { coherenceAdapter, fileRules } from "./adapter.ts";
import { backend, frontend } from "./service.ts";

/**
 * Every key that Coherence documents for this file (docs.withcoherence.com, Configuration), with what becomes of it. The fixture
 * writes each.
 */
const documented: Readonly<Record<string, string>> = {
  "coherence.yml web.type": "mapped",
  "coherence.yml web.internal": "without counterpart",
  "coherence.yml web.repo_path": "mapped",
  "coherence.yml web.url_path": "mapped",
  "coherence.yml web.index_file_name": "noted",
  "coherence.yml web.assets_path": "mapped",
  "coherence.yml web.local_packages": "noted",
  "coherence.yml web.install": "mapped",
  "coherence.yml web.build": "mapped",
  "coherence.yml web.compile": "without counterpart",
  "coherence.yml web.dev": "noted",
  "coherence.yml web.test": "without counterpart",
  "coherence.yml web.prod.dockerfile": "mapped",
  "coherence.yml web.prod.command": "noted",
  "coherence.yml web.data": "without counterpart",
  "coherence.yml web.integrations": "without counterpart",
  "coherence.yml web.cors.allowed_origins": "without counterpart",
  "coherence.yml web.cdn.enabled": "noted",
  "coherence.yml web.custom_headers[].name": "without counterpart",
  "coherence.yml web.custom_headers[].value": "without counterpart",
  "coherence.yml web.custom_headers[].type": "without counterpart",
  "coherence.yml web.build_config.included_paths": "noted",
  "coherence.yml web.build_config.excluded_paths": "noted",
  "coherence.yml web.build_config.existing_image_tag_mode": "noted",
  "coherence.yml web.timeouts.default": "without counterpart",
  "coherence.yml web.timeouts.test": "without counterpart",
  "coherence.yml web.timeouts.migrate": "without counterpart",
  "coherence.yml web.timeouts.snapshot": "without counterpart",
  "coherence.yml web.timeouts.seed": "without counterpart",
  "coherence.yml web.timeouts.deploy": "without counterpart",
  "coherence.yml web.resources[].name": "mapped",
  "coherence.yml web.resources[].type": "mapped",
  "coherence.yml web.system.cpu": "noted",
  "coherence.yml web.system.memory": "noted",
  "coherence.yml web.system.health_check": "noted",
  "coherence.yml web.system.dev.port": "noted",
  "coherence.yml web.system.platform_settings.min_scale": "noted",
  "coherence.yml web.system.platform_settings.max_scale": "noted",
  "coherence.yml docs.type": "mapped",
  "coherence.yml docs.repo_path": "mapped",
  "coherence.yml docs.url_path": "mapped",
  "coherence.yml docs.build_path": "mapped",
  "coherence.yml docs.build": "mapped",
  "coherence.yml api.type": "mapped",
  "coherence.yml api.internal": "noted",
  "coherence.yml api.repo_path": "mapped",
  "coherence.yml api.url_path": "mapped",
  "coherence.yml api.index_file_name": "noted",
  "coherence.yml api.local_packages": "noted",
  "coherence.yml api.install": "without counterpart",
  "coherence.yml api.build": "without counterpart",
  "coherence.yml api.compile": "without counterpart",
  "coherence.yml api.dev": "noted",
  "coherence.yml api.test": "without counterpart",
  "coherence.yml api.prod.command": "mapped",
  "coherence.yml api.prod.dockerfile": "mapped",
  "coherence.yml api.migration": "mapped",
  "coherence.yml api.seed": "mapped",
  "coherence.yml api.data": "without counterpart",
  "coherence.yml api.integrations": "without counterpart",
  "coherence.yml api.cdn.enabled": "noted",
  "coherence.yml api.custom_headers[].name": "without counterpart",
  "coherence.yml api.custom_headers[].value": "without counterpart",
  "coherence.yml api.custom_headers[].type": "without counterpart",
  "coherence.yml api.build_config.included_paths": "noted",
  "coherence.yml api.build_config.excluded_paths": "noted",
  "coherence.yml api.build_config.existing_image_tag_mode": "noted",
  "coherence.yml api.timeouts.default": "without counterpart",
  "coherence.yml api.timeouts.test": "without counterpart",
  "coherence.yml api.timeouts.migrate": "without counterpart",
  "coherence.yml api.timeouts.snapshot": "without counterpart",
  "coherence.yml api.timeouts.seed": "without counterpart",
  "coherence.yml api.timeouts.deploy": "without counterpart",
  "coherence.yml api.system.cpu": "mapped",
  "coherence.yml api.system.memory": "mapped",
  "coherence.yml api.system.health_check": "mapped",
  "coherence.yml api.system.dev.port": "noted",
  "coherence.yml api.system.platform_settings.min_scale": "mapped",
  "coherence.yml api.system.platform_settings.max_scale": "mapped",
  "coherence.yml api.workers[].name": "mapped",
  "coherence.yml api.workers[].command": "mapped",
  "coherence.yml api.workers[].replicas": "mapped",
  "coherence.yml api.workers[].extended_duration": "noted",
  "coherence.yml api.workers[].system.cpu": "mapped",
  "coherence.yml api.workers[].system.memory": "mapped",
  "coherence.yml api.scheduled_tasks[].name": "mapped",
  "coherence.yml api.scheduled_tasks[].command": "mapped",
  "coherence.yml api.scheduled_tasks[].schedule": "mapped",
  "coherence.yml api.scheduled_tasks[].system.cpu": "mapped",
  "coherence.yml api.scheduled_tasks[].system.memory": "mapped",
  "coherence.yml api.resources[].name": "mapped",
  "coherence.yml api.resources[].type": "mapped",
  "coherence.yml api.resources[].engine": "mapped",
  "coherence.yml api.resources[].version": "mapped",
  "coherence.yml api.resources[].adapter": "without counterpart",
  "coherence.yml api.resources[].use_db_proxy": "mapped",
  "coherence.yml api.resources[].use_existing": "without counterpart",
  "coherence.yml api.resources[].snapshot_file_path": "without counterpart",
  "coherence.yml api.resources[].snapshot_type": "without counterpart",
  "coherence.yml api.resources[].fifo": "mapped",
  "coherence.yml admin.type": "mapped",
  "coherence.yml admin.url_path": "mapped",
  "coherence.yml admin.migrate": "mapped",
  "coherence.yml admin.prod": "mapped",
  "coherence.yml admin.resources[].name": "mapped",
  "coherence.yml admin.resources[].type": "mapped",
  "coherence.yml admin.resources[].engine": "mapped",
  "coherence.yml admin.resources[].version": "mapped",
  "coherence.yml admin.resources[].use_sibling": "mapped",
  "coherence.yml build_settings.platform_settings.machine_type": "without counterpart",
  "coherence.yml preview_inactivity_timeout_hours": "noted",
};

const folder = join(import.meta.dirname, "fixtures/everything");

test("every documented key of coherence.yml has its outcome", () => {
  const adapted = adaptFixture(fixture(coherenceAdapter, folder, ["coherence.yml"]));
  assert.deepEqual(outcomesOf(adapted), documented);
});

test("no key has a rule without being documented", () => {
  const keys = Object.keys(documented).map((key) =>
    (key.split(" ")[1] ?? "").replace(/^(admin|docs)\./, (name) => (name === "docs." ? "web." : "api.")),
  );
  const tables: readonly (readonly [string, Rules<never>])[] = [
    ["", fileRules],
    ["api.", backend],
    ["web.", frontend],
  ];
  for (const [place, rules] of tables)
    for (const name of Object.keys(rules)) {
      const path = `${place}${name}`;
      const isWritten = keys.some(
        (key) => key === path || key.startsWith(`${path}.`) || key.startsWith(`${path}[`),
      );
      assert.ok(isWritten, path);
    }
});
