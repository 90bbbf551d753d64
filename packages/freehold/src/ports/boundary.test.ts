import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { boundaryOf, locate } from "./boundary.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "freehold-boundary-")));
after(() => rmSync(top, { recursive: true }));
const at = (...steps: readonly string[]): string => join(top, ...steps);

for (const folder of [
  "home/repo/apps/shop/.git-not",
  "home/repo/.git",
  "home/repo/nested/.git",
  "home/loose",
])
  mkdirSync(at(folder), { recursive: true });
mkdirSync(at("home/.git"));
mkdirSync(at("home/repo/worktree"));
writeFileSync(at("home/repo/worktree/.git"), "gitdir: ../elsewhere");
writeFileSync(at("home/repo/.git/config"), "[http] extraheader = token");
writeFileSync(at("home/repo/shared.env"), "A=b");
writeFileSync(at("home/key"), "secret");
const shop = at("home/repo/apps/shop");
writeFileSync(join(shop, "own"), "");
execFileSync("mkfifo", [join(shop, "pipe")]);
symlinkSync("pipe", join(shop, "to-pipe"));
symlinkSync("own", join(shop, "to-own"));
symlinkSync("../../shared.env", join(shop, "to-shared"));
symlinkSync("../../../key", join(shop, "to-key"));
symlinkSync("../../.git/config", join(shop, "to-git"));
symlinkSync("/", join(shop, "to-root"));
symlinkSync("nowhere", join(shop, "dangling"));
symlinkSync("loop", join(shop, "loop"));
symlinkSync("home/repo/apps/shop", at("shortcut"));

const roots: readonly (readonly [string, string, string])[] = [
  ["a folder of a repository", "home/repo/apps/shop", "home/repo"],
  ["the repository itself", "home/repo", "home/repo"],
  ["a nested repository narrows", "home/repo/nested", "home/repo/nested"],
  ["so does a worktree, whose `.git` is a file", "home/repo/worktree", "home/repo/worktree"],
  ["a home folder under Git is no repository of what is in it", "home/loose", "home/loose"],
  ["through a link to the project", "shortcut", "home/repo/apps/shop/../.."],
];
for (const [what, project, root] of roots)
  test(`the Git root: ${what}`, () => assert.equal(boundaryOf(at(project), at("home")).root, at(root)));

test("a folder without a repository is its own root", () => {
  const bare = mkdtempSync(join(tmpdir(), "freehold-bare-"));
  assert.equal(boundaryOf(bare).root, realpathSync(bare));
  rmSync(bare, { recursive: true });
});

const outside = (resolved: string) => ({ kind: "outside", resolved, root: at("home/repo") });
const repository = (resolved: string) => ({ kind: "repository", resolved, root: at("home/repo") });
const places: Readonly<Record<string, unknown>> = {
  own: { kind: "project" },
  ".": { kind: "project" },
  "to-own": { kind: "project" },
  "to-shared": repository(at("home/repo/shared.env")),
  "../../shared.env": repository(at("home/repo/shared.env")),
  "../..": repository(at("home/repo")),
  "to-key": outside(at("home/key")),
  "../../../key": outside(at("home/key")),
  "../../../../home": outside(at("home")),
  "to-git": outside(at("home/repo/.git/config")),
  "../../.git/config": outside(at("home/repo/.git/config")),
  "to-root/etc": outside("/etc"),
  "to-root": outside("/"),
  pipe: { kind: "special" },
  "to-pipe": { kind: "special" },
  "to-root/dev/null": outside("/dev/null"),
  dangling: { kind: "missing" },
  "own/x": { kind: "missing" },
  nothing: { kind: "missing" },
  loop: { kind: "unreadable" },
  "a\0b": { kind: "unreadable" },
};
for (const [path, located] of Object.entries(places))
  test(`where ${JSON.stringify(path)} leads`, () =>
    assert.deepEqual(locate(join(shop, path), boundaryOf(shop, at("home"))), located));

test("an absolute path is judged by where it is", () => {
  const boundary = boundaryOf(shop, at("home"));
  assert.equal(locate(join(shop, "own"), boundary).kind, "project");
  assert.equal(locate(at("home/key"), boundary).kind, "outside");
});

test("a folder whose name begins like the root is not in it", () => {
  mkdirSync(at("home/repo-of-another"));
  assert.equal(locate(at("home/repo-of-another"), boundaryOf(shop, at("home"))).kind, "outside");
});
