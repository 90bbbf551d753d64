import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseApplication } from "../config/parse.ts";
import { UserError } from "../errors.ts";
import { plain } from "./document.ts";
import type { Proposal } from "./proposal.ts";
import { propose } from "./propose.ts";
import { renderDocument } from "./render.ts";
import { listing, packageFile } from "./testing/listing.ts";
import { shapes } from "./testing/shapes.ts";

describe("a repository without a Compose file", () => {
  for (const { title, files, services, release, beside = [] } of shapes) {
    test(title, () => {
      const proposal = propose(listing(files));
      const found = servicesOf(proposal);
      assert.deepEqual(
        Object.fromEntries(Object.entries(found).map(([name, one]) => [name, inWords(one)])),
        services,
      );
      const releases = Object.values(found).flatMap((one) => settingsOf(one)["release"] ?? []);
      assert.deepEqual(releases, release === undefined ? [] : [release]);
      assert.deepEqual(proposal.companions.map(({ path }) => path).sort(), [...beside].sort());
      for (const name of Object.keys(services))
        assert.ok(
          proposal.findings.some(({ subject }) => subject === name),
          name,
        );
    });
  }
});

test("what is proposed is a file that is understood, whatever the repository", () => {
  for (const { title, files } of shapes) {
    const { path, document, heading } = propose(listing(files));
    const text = renderDocument(document, heading);
    try {
      parseApplication([{ path, text }], { folder: "shop", variables: {} });
    } catch (error) {
      assert.fail(`${title}: ${error}\n${text}`);
    }
  }
});

test("what nothing is proposed for is told", () => {
  const told = (files: Readonly<Record<string, string>>) => propose(listing(files)).next.join("\n");
  const node = (library: string) => ({
    "package.json": packageFile([library, "express"], { start: "node ." }),
  });
  assert.match(told(node("mongoose")), /^add MongoDB for `web`/);
  assert.match(told(node("better-sqlite3")), /^keep the data of `web`: SQLite/);
  assert.equal(told({ "package.json": packageFile(["sqlite3", "pg", "express"], { start: "node ." }) }), "");
  const php = JSON.stringify({
    services: { php: { build: "." }, web: { image: "nginx", ports: ["80:80"] } },
  });
  assert.match(
    told({ "compose.yaml": php, Dockerfile: "FROM php:8.3-fpm-alpine" }),
    /^have `php` answer HTTP/,
  );
});

test("what is for development and has no counterpart is told", () => {
  const told = (service: object) => {
    const services = JSON.stringify({ services: { app: { build: ".", ports: ["80:80"], ...service } } });
    return propose(listing({ "compose.yaml": services, Dockerfile: "FROM a" })).next.join("\n");
  };
  assert.match(told({ command: "flask run --debug" }), /^give `app` a `command`/);
  assert.equal(told({ command: "gunicorn app" }), "");
  assert.match(
    told({
      environment: { NODE_ENV: "development", APP_DEBUG: "true", DEBUG: "0", RAILS_ENV: "production" },
    }),
    /^set NODE_ENV, APP_DEBUG for AWS/,
  );
  assert.equal(told({ environment: { NODE_ENV: "dev" }, "x-freehold": { type: "ignore" } }), "");
});

test("Compose files by other names or elsewhere are named, and not read", () => {
  const files = { "docker-compose.dev.yml": "", "deploy/compose.yaml": "", Dockerfile: "FROM a\nEXPOSE 80" };
  const { findings } = propose(listing(files));
  assert.deepEqual(
    findings.filter(({ message }) => message.includes("-f")).map(({ subject }) => subject),
    ["deploy/compose.yaml", "docker-compose.dev.yml"],
  );
});

test("a file that is there is never proposed over", () => {
  for (const files of [
    { "freehold.yml": "services: {}" },
    { "compose.yaml": "services: {}", "compose.freehold.yaml": "" },
    { "cnc.yml": "" },
  ])
    assert.throws(
      () => propose(listing(files)),
      (error) => error instanceof UserError && error.problems[0]?.code === "file-exists",
    );
});

test("an empty folder is told, not guessed at", () => {
  assert.throws(
    () => propose(listing({ "README.md": "" })),
    (error) => error instanceof UserError && error.problems[0]?.code === "nothing-found",
  );
});

type Section = Readonly<Record<string, unknown>>;

function servicesOf({ document }: Proposal): Readonly<Record<string, Section>> {
  const value = plain(document);
  return JSON.parse(JSON.stringify(value)).services ?? {};
}

function settingsOf(service: Section): Section {
  return JSON.parse(JSON.stringify(service["x-freehold"] ?? {}));
}

function inWords(service: Section): string {
  const settings = settingsOf(service);
  const path = String(settings["path"] ?? "/");
  if (settings["type"] === "site") return `site ${path}`;
  if (typeof service["image"] === "string") return service["image"];
  const port = Array.isArray(service["ports"]) ? String(service["ports"][0]).split(":")[1] : undefined;
  return port === undefined ? "worker" : `http ${port} ${path}`;
}
