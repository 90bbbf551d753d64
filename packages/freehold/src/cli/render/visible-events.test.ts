import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { visible } from "../../app/visible.ts";
import type { Event } from "../../engine/events.ts";
import type { ForeseenService } from "../../engine/release/foreseen.ts";
import { UserError } from "../../errors.ts";
import { renderProblems } from "../failure.ts";
import { createLiveScreen } from "./live-screen.ts";
import { createPlainScreen } from "./plain-screen.ts";
import { createJsonScreen } from "./screen.ts";

const esc = String.fromCharCode(0x1b);

/** Anything that a terminal acts on, and that reorders or hides what is read. */
const hostile = fc
  .array(
    fc.constantFrom(
      "\x1b[2J",
      "\x1b]0;x\x07",
      "\x9b1A",
      "\r",
      "\b",
      "\x7f",
      "\u202e",
      "\u2066",
      "\u200b",
      "\ufeff",
      "a",
      " ",
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(""));

const seconds = fc.constant(1);
const names = fc.array(hostile, { maxLength: 2 });
const change: fc.Arbitrary<Extract<Event, { type: "changes" }>["changes"][number]> = fc.record({
  address: hostile,
  type: hostile,
  action: fc.constantFrom("create", "update", "replace", "delete", "forget", "import"),
  changed: names,
  replacedFor: names,
  reason: hostile,
  isImport: fc.boolean(),
  losesData: fc.boolean(),
});
const foreseen: fc.Arbitrary<ForeseenService> = fc.record({ name: hostile, changed: names });

/** By type of event: one that is added has to be added here. */
const events: Readonly<Record<Event["type"], fc.Arbitrary<object>>> = {
  started: fc.record({ verb: hostile, target: hostile }),
  "step-started": fc.record({ id: fc.constant("s"), title: hostile }),
  "step-progress": fc.record({ id: fc.constant("s"), message: hostile }),
  "step-finished": fc.record({
    id: fc.constant("s"),
    outcome: fc.constantFrom("done", "unchanged", "skipped"),
    detail: hostile,
    seconds,
  }),
  "step-failed": fc.record({ id: fc.constant("s"), message: hostile, seconds }),
  output: fc.record({ source: hostile, line: hostile }),
  changes: fc.record({
    stack: fc.constantFrom("collection", "environment"),
    changes: fc.array(change, { maxLength: 3 }),
  }),
  foreseen: fc.record({ services: fc.array(foreseen, { maxLength: 3 }) }),
  "host-command": fc.record({ site: hostile, folder: hostile, command: hostile, digest: hostile }),
  note: fc.record({ subject: hostile, message: hostile }),
  finished: fc.record({ verb: hostile, value: fc.constant({}), seconds }),
};

const some = fc.oneof(
  ...Object.entries(events).map(([type, fields]) => fields.map((one) => ({ type, ...one }) as Event)),
);

const raw = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** What the live screen itself does with the terminal: it goes back over what it drew. */
const own = new RegExp(`${esc}\\[\\d+A${esc}\\[0J`, "g");

function shownBy(
  create: (write: (text: string) => void) => ReturnType<typeof createJsonScreen>,
  all: readonly Event[],
): string {
  let text = "";
  const screen = create((part) => {
    text += part;
  });
  screen.emit({ type: "step-started", id: "s", title: "s" });
  for (const event of all) screen.emit(event);
  screen.close();
  return text;
}

const screens = {
  plain: (write: (text: string) => void) => createPlainScreen(write),
  live: (write: (text: string) => void) => createLiveScreen({ columns: 80, rows: 24, write }),
  json: (write: (text: string) => void) => createJsonScreen(write),
};

for (const [name, create] of Object.entries(screens))
  test(`no control character of an event reaches the ${name} screen`, () => {
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 12 }), (all) => {
        const text = shownBy(create, all);
        assert.doesNotMatch(text.replace(own, ""), raw);
      }),
      { numRuns: 60 },
    );
  });

test("no field of a problem brings a control character to the screen", () => {
  const problem = fc.record({
    code: hostile,
    subject: hostile,
    message: hostile,
    hint: hostile,
    output: fc.array(hostile, { maxLength: 3 }),
    place: fc.record({ file: hostile, line: fc.constant(1), column: fc.constant(1) }),
  });
  fc.assert(
    fc.property(fc.array(problem, { minLength: 1, maxLength: 3 }), (problems) => {
      assert.doesNotMatch(visible(renderProblems(new UserError(problems), 80)), raw);
    }),
  );
});
