import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

const program = join(import.meta.dirname, "../../bin/local-aws.mjs");

describe("the command line, where something is missing", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "cli-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const refusals = [
    {
      name: "no Docker",
      arguments: ["start"],
      environment: { DOCKER_HOST: "unix:///nowhere/docker.sock" },
      says: /^local-aws: Docker does not answer \(.*\); start Docker Desktop or dockerd, or set DOCKER_HOST\n$/,
    },
    {
      name: "no moto",
      arguments: ["start"],
      environment: { PATH: "/nowhere" },
      says: /^local-aws: moto is not installed; put `moto_server` on the PATH, e\.g\. with `pipx install .*`\n$/,
    },
    {
      name: "nothing running",
      arguments: ["status"],
      environment: {},
      says: /^local-aws: nothing runs; `local-aws start`/,
    },
    { name: "nothing running to use", arguments: ["env"], environment: {}, says: /^local-aws: nothing runs/ },
    {
      name: "no port of that number",
      arguments: ["start", "--port", "99999"],
      environment: {},
      says: /A port is 1 to 65535/,
    },
  ];
  for (const { name, says, environment, arguments: given } of refusals) {
    test(`${name} is one clear line and exit code 1`, async () => {
      const result = await run([...given, "--folder", folder], environment);
      assert.match(result.errors, says);
      assert.equal(result.code, 1);
      assert.equal(result.output, "");
    });
  }

  test("stopping what does not run is no error", async () => {
    assert.deepEqual(await run(["stop", "--folder", folder], {}), {
      code: 0,
      output: "nothing runs\n",
      errors: "",
    });
  });
});

interface Result {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function run(given: readonly string[], environment: Readonly<Record<string, string>>): Promise<Result> {
  const env = { ...process.env, NODE_NO_WARNINGS: "1", ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...given], { env }, (error, output, errors) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output, errors });
    });
  });
}
