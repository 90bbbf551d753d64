import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { largestRead } from "../config/disk.ts";
import { createDisk } from "./disk.ts";

const folder = mkdtempSync(join(tmpdir(), "freehold-disk-"));
const project = join(folder, "project");
after(() => rmSync(folder, { recursive: true }));

mkdirSync(join(project, "conf.d"), { recursive: true });
writeFileSync(join(folder, "key"), "of another project");
writeFileSync(join(project, "a.conf"), "a");
writeFileSync(join(project, "start"), "#!/bin/sh");
chmodSync(join(project, "start"), 0o700);
writeFileSync(join(project, "big"), "");
truncateSync(join(project, "big"), largestRead + 1);
symlinkSync("a.conf", join(project, "linked.conf"));
symlinkSync("../key", join(project, "stolen.conf"));
symlinkSync("round", join(project, "round"));

const file = { kind: "file", size: 1, isExecutable: false, text: "a" };
const rows = {
  "a.conf": file,
  "linked.conf": file,
  start: { kind: "file", size: 9, isExecutable: true, text: "#!/bin/sh" },
  big: { kind: "file", size: largestRead + 1, isExecutable: false },
  "conf.d": { kind: "folder" },
  "a.conf/b": { kind: "missing" },
  nothing: { kind: "missing" },
  "stolen.conf": { kind: "outside" },
  round: { kind: "unreadable" },
  "a\0b": { kind: "unreadable" },
};

for (const [path, found] of Object.entries(rows))
  test(`what lies at ${JSON.stringify(path)}`, () => assert.deepEqual(createDisk(project)(path), found));
