import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { UserError } from "../errors.ts";
import { findProgram, trustedPath } from "./programs.ts";

const repository = "parent/repository";

/** The PATH of each row is below a scratch folder; the repository is `parent/repository`. */
const rows: readonly {
  readonly name: string;
  readonly path: readonly string[];
  /** Folder whose program is found; undefined where none may be. */
  readonly found?: string;
}[] = [
  { name: "a folder of the machine", path: ["machine"], found: "machine" },
  {
    name: "the project's packages first",
    path: [`${repository}/node_modules/.bin`, "machine"],
    found: "machine",
  },
  {
    name: "packages above the repository first",
    path: ["parent/node_modules/.bin", "machine"],
    found: "machine",
  },
  { name: "packages of another folder", path: ["other/node_modules/.bin"], found: "other/node_modules/.bin" },
  { name: "the repository itself", path: [repository, "machine"], found: "machine" },
  {
    name: "a folder whose name starts like the repository's",
    path: [`${repository}-x`],
    found: `${repository}-x`,
  },
  { name: "a link to a folder of the repository", path: ["link", "machine"], found: "machine" },
  {
    name: "dots that lead back into the repository",
    path: [`machine/../${repository}`, "machine"],
    found: "machine",
  },
  { name: "a folder that is not there", path: ["nowhere", "machine"], found: "machine" },
  { name: "a file that cannot be executed", path: ["plain", "machine"], found: "machine" },
  { name: "a folder of the program's name", path: ["folders", "machine"], found: "machine" },
  { name: "only the project's", path: [`${repository}/node_modules/.bin`] },
];

describe("programs on a hostile PATH", () => {
  let scratch = "";
  before(async () => {
    scratch = await realpath(await mkdtemp(join(tmpdir(), "freehold-programs-")));
    const inRepository = [repository, `${repository}/node_modules/.bin`];
    const others = ["machine", "parent/node_modules/.bin", "other/node_modules/.bin", `${repository}-x`];
    for (const folder of [...inRepository, ...others]) await plant(folder, 0o755);
    await plant("plain", 0o644);
    await mkdir(join(scratch, "folders/tool"), { recursive: true });
    await symlink(join(scratch, repository), join(scratch, "link"));
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  const plant = async (folder: string, mode: number) => {
    const path = join(scratch, folder, "tool");
    await mkdir(join(scratch, folder), { recursive: true });
    await writeFile(path, "#!/bin/sh\n");
    await chmod(path, mode);
  };
  const find = (path: string) =>
    findProgram("tool", trustedPath(path, join(scratch, repository)), "tool run");

  for (const { name, path, found } of rows)
    test(`${name}: ${found ?? "refused"}`, () => {
      const asked = path.map((entry) => `${scratch}/${entry}`).join(delimiter);
      if (found !== undefined) return assert.equal(find(asked), join(scratch, found, "tool"));
      assert.throws(
        () => find(asked),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.deepEqual(
            [error.problems[0]?.code, error.problems[0]?.subject],
            ["missing-program", "tool run"],
          );
          return true;
        },
      );
    });

  test("relative and empty entries are left out", () => {
    const path = [".", "", "bin", "./node_modules/.bin", join(scratch, "machine"), ""].join(delimiter);
    assert.equal(trustedPath(path, join(scratch, repository)), join(scratch, "machine"));
  });

  test("a relative entry that is there all the same is not looked into", () => {
    assert.throws(() => findProgram("tool", `.${delimiter}`, "tool run"), /tool is not there/);
  });
});
