import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, describe, test } from "node:test";
import { commandConfiguration } from "./terraform-mirror.ts";

describe("the configuration file of Terraform's command line", () => {
  let scratch = "";
  before(async () => {
    scratch = await realpath(await mkdtemp(join(tmpdir(), "freehold-tfrc-")));
    for (const folder of ["project", "person", "cache"]) await mkdir(join(scratch, folder));
    for (const path of ["project/terraform.rc", "person/terraform.rc"])
      await writeFile(join(scratch, path), "");
    await symlink(join(scratch, "project/terraform.rc"), join(scratch, "person/link.rc"));
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  const rows = [
    { name: "one of the person", path: () => join(scratch, "person/terraform.rc"), isTaken: true },
    { name: "one of the project", path: () => join(scratch, "project/terraform.rc"), isTaken: false },
    { name: "a link to one of the project", path: () => join(scratch, "person/link.rc"), isTaken: false },
    {
      name: "a relative path",
      path: () => relative(process.cwd(), join(scratch, "person/terraform.rc")),
      isTaken: false,
    },
    { name: "one that is not there", path: () => join(scratch, "person/none.rc"), isTaken: false },
  ];
  for (const { name, path, isTaken } of rows)
    test(`${name} is ${isTaken ? "taken" : "not read"}`, async () => {
      const place = { cache: join(scratch, "cache"), root: join(scratch, "project") };
      const found = await commandConfiguration(path(), place);
      assert.equal(found === join(scratch, "person/terraform.rc"), isTaken);
      assert.ok(!found.startsWith(`${scratch}/project`), found);
    });
});
