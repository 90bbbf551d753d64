import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEnvironmentFile } from "./env-file.ts";
import { Findings } from "./findings.ts";
import { namedPaths, parseApplication } from "./parse.ts";

const text = `
# comment
A=plain
export B = spaced # comment
C='single $A #'
D="double $A \\n\\"q\\""
E="two
lines"
F=\${A}-\${NONE:-x}
G=
H=a#b
`;

test("a .env file is read as Compose reads it", () => {
  const variables = parseEnvironmentFile({ path: ".env", text }, new Map(), new Findings());
  assert.deepEqual(Object.fromEntries(variables), {
    A: "plain",
    B: "spaced",
    C: "single $A #",
    D: 'double plain \n"q"',
    E: "two\nlines",
    F: "plain-x",
    G: "",
    H: "a#b",
  });
});

const compose =
  "services: {a: {image: 'x:${TAG}', env_file: [one.env, {path: none.env, required: false}], environment: {A: own, SHELL_ONLY: }}}";
const files = [{ path: "compose.yaml", text: compose }];

test("env_file, .env and the shell: the nearest wins", () => {
  const options = {
    folder: "f",
    variables: { TAG: "shell", SHELL_ONLY: "given" },
    interpolationFile: { path: ".env", text: "TAG=file\n" },
  };
  assert.deepEqual(namedPaths(files, options), ["none.env", "one.env"]);
  const namedFiles = [{ path: "one.env", text: "A=file\nB=file\n" }];
  const application = parseApplication(files, { ...options, namedFiles });
  const [a] = application.collections[0]?.environments[0]?.services ?? [];
  assert.ok(a?.type === "worker");
  assert.deepEqual(
    [a.variables["A"], a.variables["B"], a.variables["SHELL_ONLY"], a.image],
    ["own", "file", "given", { kind: "image", reference: "x:shell" }],
  );
});
