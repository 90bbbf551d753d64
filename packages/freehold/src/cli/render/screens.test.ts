import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../../engine/events.ts";
import { createFakeTerminal } from "../testing/fake-terminal.ts";
import { createLiveScreen } from "./live-screen.ts";
import { createPlainScreen } from "./plain-screen.ts";
import { createJsonScreen, type Screen } from "./screen.ts";

const events: readonly Event[] = [
  { type: "started", verb: "up", target: "dev" },
  { type: "step-started", id: "build", title: "Build" },
  { type: "step-started", id: "build/api", parent: "build", title: "Build api" },
  {
    type: "step-progress",
    id: "build/api",
    message: "waiting for the registry to take the layers of the image",
  },
  { type: "step-started", id: "build/db", parent: "build", title: "Mirror db" },
  { type: "step-finished", id: "build/db", outcome: "unchanged", seconds: 0.2 },
  { type: "note", subject: "cache", message: "no token yet" },
];
const ending: readonly Event[] = [
  { type: "step-finished", id: "build/api", outcome: "done", detail: "sha256:1234", seconds: 12.4 },
  { type: "step-failed", id: "build", message: "it broke", seconds: 13 },
];

function show(screen: Screen, list: readonly Event[]): void {
  for (const event of list) screen.emit(event);
}

test("a terminal shows ended steps above and those under way below, each on one row", () => {
  const terminal = createFakeTerminal(40, 24);
  const screen = createLiveScreen(terminal);
  show(screen, events);
  const seen = terminal.seen();
  assert.deepEqual(seen.slice(0, 2), ["  – Mirror db: unchanged", "  note: cache: no token yet"]);
  assert.match(seen[2] ?? "", /^. Build$/);
  assert.match(seen[3] ?? "", /^ {2}. Build api: waiting for the registr.*…$/);
  assert.ok(seen.every((line) => line.length < 40));
  show(screen, ending);
  screen.close();
  assert.deepEqual(terminal.seen(), [
    "  – Mirror db: unchanged",
    "  note: cache: no token yet",
    "  ✔ Build api: sha256:1234 (12 s)",
    "✖ Build (13 s)",
  ]);
});

test("what is under way never fills more rows than the terminal has", () => {
  const terminal = createFakeTerminal(80, 6);
  const screen = createLiveScreen(terminal);
  const many = Array.from({ length: 30 }, (_, index): Event => {
    return { type: "step-started", id: `s${index}`, title: `Step ${index}` };
  });
  show(screen, many);
  assert.ok(terminal.seen().length <= 6);
  screen.close();
  assert.deepEqual(terminal.seen(), [""]);
});

test("a question takes what is under way off the screen", () => {
  const terminal = createFakeTerminal(80, 24);
  const screen = createLiveScreen(terminal);
  show(screen, events);
  screen.pause();
  assert.deepEqual(terminal.seen(), ["  – Mirror db: unchanged", "  note: cache: no token yet"]);
  screen.close();
});

test("without a terminal: a line when a step ends, what a long one waits for, and room after what failed", () => {
  let text = "";
  const screen = createPlainScreen((part) => {
    text += part;
  });
  show(screen, [...events, ...ending]);
  screen.close();
  assert.deepEqual(text.split("\n"), [
    "  … Build api: waiting for the registry to take the layers of the image",
    "  – Mirror db: unchanged",
    "  note: cache: no token yet",
    "  ✔ Build api: sha256:1234 (12 s)",
    "✖ Build (13 s)",
    "",
    "",
  ]);
});

test("--json: one event a line, as it was said", () => {
  let text = "";
  show(
    createJsonScreen((part) => {
      text += part;
    }),
    events,
  );
  assert.deepEqual(
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
    events,
  );
});
