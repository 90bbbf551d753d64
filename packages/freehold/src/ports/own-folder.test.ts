import assert from "node:assert/strict";
import { chmod, lstat, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { UserError } from "../errors.ts";
import { ownFolder } from "./own-folder.ts";

const levels = ["freehold", "work", "1234"];

interface Row {
  readonly name: string;
  /** What is there already, in a home of its own. */
  readonly plant: (home: string) => Promise<void>;
  readonly user?: number;
  /** Level that is refused, and why. */
  readonly refused?: readonly [level: string, why: RegExp];
}

const folder = async (path: string, mode: number) => {
  await mkdir(path, { recursive: true });
  await chmod(path, mode);
};

const rows: readonly Row[] = [
  { name: "nothing is there", plant: async () => {} },
  { name: "a folder of ours", plant: (home) => folder(join(home, "freehold"), 0o700) },
  { name: "a folder that others may read", plant: (home) => folder(join(home, "freehold"), 0o755) },
  {
    name: "a link to a folder of ours",
    plant: async (home) => {
      await folder(join(home, "elsewhere"), 0o700);
      await symlink(join(home, "elsewhere"), join(home, "freehold"));
    },
    refused: ["freehold", /is a link/],
  },
  {
    name: "a link further down",
    plant: async (home) => {
      await folder(join(home, "freehold"), 0o700);
      await symlink(tmpdir(), join(home, "freehold/work"));
    },
    refused: ["freehold/work", /is a link/],
  },
  {
    name: "a link that leads nowhere",
    plant: (home) => symlink(join(home, "nowhere"), join(home, "freehold")),
    refused: ["freehold", /is a link/],
  },
  {
    name: "a file in its place",
    plant: (home) => writeFile(join(home, "freehold"), ""),
    refused: ["freehold", /is not a folder/],
  },
  {
    name: "a folder of another user",
    plant: (home) => folder(join(home, "freehold"), 0o700),
    user: userInfo().uid + 1,
    refused: ["freehold", /belongs to another user/],
  },
  {
    name: "a folder that the group may write",
    plant: (home) => folder(join(home, "freehold"), 0o770),
    refused: ["freehold", /can be written by other users \(mode 0770\)/],
  },
  {
    name: "a folder that everybody may write",
    plant: (home) => folder(join(home, "freehold/work"), 0o777),
    refused: ["freehold/work", /can be written by other users \(mode 0777\)/],
  },
  {
    name: "a sticky folder that everybody may write",
    plant: (home) => folder(join(home, "freehold"), 0o1777),
    refused: ["freehold", /can be written by other users/],
  },
];

describe("a folder of ours", () => {
  let scratch = "";
  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "freehold-own-"));
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  for (const [index, { name, plant, user, refused }] of rows.entries())
    test(`${name}: ${refused === undefined ? "used, mode 0700" : `refused, ${refused[1].source}`}`, async () => {
      const home = join(scratch, String(index));
      await mkdir(home);
      await plant(home);
      const made = ownFolder(home, levels, user);
      if (refused === undefined) {
        assert.equal(await made, join(home, ...levels));
        for (const [depth] of levels.entries())
          assert.equal((await lstat(join(home, ...levels.slice(0, depth + 1)))).mode & 0o777, 0o700);
        return;
      }
      const [level, why] = refused;
      await assert.rejects(made, (error) => {
        assert.ok(error instanceof UserError);
        const [problem] = error.problems;
        assert.equal(problem?.code, "unsafe-folder");
        assert.equal(problem?.subject, join(home, level));
        assert.match(problem?.message ?? "", why);
        return true;
      });
    });
});
