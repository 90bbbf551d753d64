import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import { secretScript } from "./secret-writer.ts";
import { docker, environment } from "./testing/docker.ts";

const image = "busybox:1.37";
const volume = `freehold-secrets-${randomUUID()}`;
const folder = "/run/secrets";
after(() => docker("volume", "rm", "--force", volume));

/** Lines, quotes, what shells and printf and awk would take for theirs, and line ends at the end. */
const awkward = `-n 'a' "b" $(false) \`id\` %s \\n é\n-----\n\n`;

function write(variables: Readonly<Record<string, string>>, ...files: readonly string[]): void {
  const options = ["--rm", "--read-only", "--user", "0", "--volume", `${volume}:${folder}`];
  docker("run", ...options, ...environment(variables), image, "sh", "-c", secretScript, "secrets", ...files);
}

function read(...command: readonly string[]): string {
  return docker("run", "--rm", "--volume", `${volume}:${folder}:ro`, image, ...command);
}

test("a value is written as it is, for its owner, and again", () => {
  for (const value of ["before", awkward]) {
    write(
      { SECRET_1: value, SECRET_2: "" },
      ...[`${folder}/a b`, "SECRET_1", "1000:1001", "0400"],
      ...[`${folder}/deep/er/c`, "SECRET_2", "0:0", "0444"],
    );
    assert.equal(read("cat", `${folder}/a b`), value);
  }
  assert.equal(read("stat", "-c", "%u:%g %a", `${folder}/a b`).trim(), "1000:1001 400");
  assert.equal(read("stat", "-c", "%u:%g %a %s", `${folder}/deep/er/c`).trim(), "0:0 444 0");
  assert.equal(read("stat", "-c", "%a", `${folder}/deep`).trim(), "755");
});

test("what cannot be written fails the container", () => {
  assert.throws(() => write({ SECRET_1: "x" }, `${folder}/x`, "SECRET_1", "0:0", "no-mode"), /mode/);
});
