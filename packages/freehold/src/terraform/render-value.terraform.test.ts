import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { type Expression, jsonencode, kindOf, template } from "./expression.ts";
import { renderValue } from "./render-value.ts";

const x: Expression = { [kindOf]: "ref", path: ["local", "x"] };
const text = fc.string({ unit: fc.constantFrom("$", "%", "{", "}", "a", '"', "\\", "\n", "~", "${", "%{") });
const parts = fc.array(fc.oneof(text, fc.constant(x)), { maxLength: 6 });

/** What Terraform itself makes of the parts, alone and within an expression. */
function evaluated(
  samples: readonly (readonly (string | Expression)[])[],
): Readonly<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), "freehold-template-"));
  const terraform = (...args: readonly string[]) =>
    execFileSync("terraform", [`-chdir=${folder}`, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  try {
    const output = samples.flatMap((sample, index) => [
      [`plain${index}`, { value: renderValue(template(...sample)) }],
      [`code${index}`, { value: renderValue(jsonencode([template(...sample)])) }],
    ]);
    writeFileSync(
      join(folder, "main.tf.json"),
      JSON.stringify({ locals: { x: "[x]" }, output: Object.fromEntries(output) }),
    );
    terraform("init", "-input=false");
    terraform("apply", "-auto-approve", "-input=false");
    const outputs: Record<string, { readonly value: unknown }> = JSON.parse(terraform("output", "-json"));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("texts of a template stand for themselves in front of, between and behind expressions", () => {
  const marks = ["$", "%", "$$", "a$", "${", "%{", "$${", "100%", "~$"].map(
    (mark) => [mark, x, mark, x] as const,
  );
  const samples = [...marks, ["$", "{x}"], ...fc.sample(parts, 300)];
  const values = evaluated(samples);
  for (const [index, sample] of samples.entries()) {
    const expected = sample.map((part) => (typeof part === "string" ? part : "[x]")).join("");
    assert.equal(values[`plain${index}`], expected, JSON.stringify(sample));
    assert.deepEqual(JSON.parse(String(values[`code${index}`])), [expected], JSON.stringify(sample));
  }
});
