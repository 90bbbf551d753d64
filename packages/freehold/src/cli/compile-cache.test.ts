import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

const packages = join(import.meta.dirname, "../../..");
const moduleOf = (name: string) => join(packages, name, "bin/compile-cache.mjs");

interface Row {
  readonly name: string;
  readonly plant: (home: string) => void;
  readonly isUsed: boolean;
}

const folder = (path: string, mode: number) => {
  mkdirSync(path, { recursive: true });
  chmodSync(path, mode);
};

const rows: readonly Row[] = [
  { name: "nothing is there", plant: () => {}, isUsed: true },
  { name: "a folder of ours", plant: (home) => folder(join(home, "freehold/node"), 0o755), isUsed: true },
  {
    name: "a folder that everybody may write",
    plant: (home) => folder(join(home, "freehold"), 0o777),
    isUsed: false,
  },
  {
    name: "a folder that the group may write",
    plant: (home) => folder(join(home, "freehold/node"), 0o775),
    isUsed: false,
  },
  {
    name: "a link",
    plant: (home) => {
      folder(join(home, "elsewhere"), 0o700);
      symlinkSync(join(home, "elsewhere"), join(home, "freehold"));
    },
    isUsed: false,
  },
  {
    name: "a link that leads nowhere",
    plant: (home) => symlinkSync(join(home, "elsewhere"), join(home, "freehold")),
    isUsed: false,
  },
  { name: "a file in its place", plant: (home) => writeFileSync(join(home, "freehold"), ""), isUsed: false },
];

/** Only root can give a folder to another user. */
const foreign: Row = {
  name: "a folder of another user",
  plant: (home) => {
    folder(join(home, "freehold"), 0o700);
    chownSync(join(home, "freehold"), 65_534, 65_534);
  },
  isUsed: false,
};

describe("the folder of compiled code", () => {
  let scratch = "";
  before(() => {
    scratch = mkdtempSync(join(tmpdir(), "freehold-compiled-"));
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  /** Where Node keeps compiled code; empty when it keeps none. */
  const cacheWith = (environment: Readonly<Record<string, string>>): string => {
    const { NODE_COMPILE_CACHE: _, ...inherited } = process.env;
    const script = `
      const { keepCompiled } = await import(${JSON.stringify(moduleOf("freehold"))});
      keepCompiled();
      process.stdout.write((await import("node:module")).getCompileCacheDir() ?? "");`;
    const env = { ...inherited, ...environment };
    const options = { encoding: "utf8", env, cwd: scratch } as const;
    return spawnSync(process.execPath, ["--input-type=module", "-e", script], options).stdout;
  };

  for (const [index, { name, plant, isUsed }] of [
    ...rows,
    ...(userInfo().uid === 0 ? [foreign] : []),
  ].entries())
    test(`${name}: ${isUsed ? "used, mode 0700" : "no code is kept"}`, () => {
      const home = join(scratch, String(index));
      mkdirSync(home);
      plant(home);
      const kept = cacheWith({ XDG_CACHE_HOME: home });
      if (!isUsed) return assert.equal(kept, "");
      assert.ok(kept.startsWith(`${home}/freehold/node/`), kept);
      for (const path of ["freehold", "freehold/node"])
        assert.equal(lstatSync(join(home, path)).mode & 0o777, 0o700);
    });

  test("a relative folder, which would be one of the project, is not taken", () => {
    const kept = cacheWith({ XDG_CACHE_HOME: "cache", HOME: join(scratch, "home") });
    assert.ok(kept.startsWith(`${scratch}/home/.cache/freehold/node/`), kept);
  });

  test("both packages, published apart, have the same", () => {
    assert.equal(readFileSync(moduleOf("local-aws"), "utf8"), readFileSync(moduleOf("freehold"), "utf8"));
  });
});
