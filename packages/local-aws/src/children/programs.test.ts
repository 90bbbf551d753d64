import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { childEnvironment } from "./environment.ts";
import { findProgram, trustedPath } from "./programs.ts";

describe("programs", () => {
  let place = "";
  before(async () => {
    place = await realpath(await mkdtemp(join(tmpdir(), "programs-")));
    for (const folder of ["repository/.git", "repository/sub", "repository/bin", "elsewhere", "home/bin"]) {
      await mkdir(join(place, folder), { recursive: true });
    }
    await symlink(join(place, "repository/bin"), join(place, "link"));
    await writeFile(join(place, "elsewhere/tool"), "");
    await writeFile(join(place, "home/bin/tool"), "");
    await chmod(join(place, "home/bin/tool"), 0o755);
  });
  after(() => rm(place, { recursive: true }));

  const trusted = async (entries: readonly string[], folder = "repository/sub", home = "home") => {
    const found = await trustedPath({
      path: entries.map((each) => each.replace(/^@/, place)).join(delimiter),
      folder: join(place, folder),
      home: join(place, home),
    });
    return found.map((each) => each.replace(place, "@"));
  };

  const refused = [
    "",
    ".",
    "bin",
    "./bin",
    "@/repository",
    "@/repository/bin",
    "@/repository/sub/bin",
    "@/link",
    "@/elsewhere/../repository/bin",
    "@/elsewhere/node_modules/.bin",
  ];
  for (const entry of refused) {
    test(`none is run from the entry "${entry}"`, async () => {
      assert.deepEqual(await trusted([entry, "@/home/bin"]), ["@/home/bin"]);
    });
  }

  test("a repository that holds the home directory leaves its programs", async () => {
    assert.deepEqual(await trusted(["@/repository/bin"], "repository", "repository"), ["@/repository/bin"]);
  });

  test("only an executable is found", async () => {
    const folders = [join(place, "elsewhere"), join(place, "home/bin")];
    assert.equal(await findProgram("tool", folders), join(place, "home/bin/tool"));
  });
});

test("a child process inherits names of a list alone", () => {
  const given = {
    PATH: "/bin",
    LC_ALL: "C",
    XDG_STATE_HOME: "/s",
    LOCAL_AWS_PORT: "1",
    DOCKER_HOST: "unix:///d",
    AWS_PROFILE: "person",
    AWS_SECRET_ACCESS_KEY: "person",
    NODE_OPTIONS: "--import=./x.mjs",
    NODE_PATH: "x",
    PYTHONPATH: "x",
    PYTHONSTARTUP: "x",
    LD_PRELOAD: "x",
    DYLD_INSERT_LIBRARIES: "x",
    BASH_ENV: "x",
    GIT_DIR: "x",
    HTTPS_PROXY: "http://x",
  };
  assert.deepEqual(childEnvironment(given), {
    PATH: "/bin",
    LC_ALL: "C",
    XDG_STATE_HOME: "/s",
    LOCAL_AWS_PORT: "1",
    DOCKER_HOST: "unix:///d",
  });
});
