import assert from "node:assert/strict";
import { test } from "node:test";
import { describeApplication } from "./describe.ts";

test("what is told of many things is told once, with all their names", () => {
  const unset = "is not set";
  const notes = [
    { subject: "A", message: unset },
    { subject: "services.b", message: "publishes nothing" },
    { subject: "C", message: unset },
    { subject: "D", message: unset },
  ];
  assert.deepEqual(describeApplication({ name: "shop", collections: [], notes }), [
    {
      heading: "notes",
      rows: [
        ["A", "is not set. The same of C, D"],
        ["services.b", "publishes nothing"],
      ],
    },
  ]);
});
