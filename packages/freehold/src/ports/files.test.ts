import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createFiles } from "./files.ts";

describe("a build context", () => {
  let folder = "";
  // A socket is no part of what is built, and cannot be read.
  const server = createServer();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "freehold-files-"));
    for (const name of ["src", "src/deep", "node_modules/pg", "dist"])
      await mkdir(join(folder, name), { recursive: true });
    for (const name of [
      "src/a.js",
      "src/deep/b.js",
      "src/deep/notes.md",
      "node_modules/pg/index.js",
      "dist/out.js",
      "run.sh",
    ]) {
      await writeFile(join(folder, name), name);
    }
    await chmod(join(folder, "run.sh"), 0o755);
    await mkdir(join(folder, ".freehold/stacks"), { recursive: true });
    await writeFile(join(folder, ".freehold/stacks/main.tf.json"), "{}");
    await symlink("src/a.js", join(folder, "link.js"));
    await once(server.listen(join(folder, "app.sock")), "listening");
  });
  after(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "nothing ignored",
      "",
      [
        "dist/out.js",
        "link.js",
        "node_modules/pg/index.js",
        "run.sh",
        "src/a.js",
        "src/deep/b.js",
        "src/deep/notes.md",
      ],
    ],
    [
      "a folder, and a pattern at any depth",
      "node_modules\ndist/\n**/*.md",
      ["link.js", "run.sh", "src/a.js", "src/deep/b.js"],
    ],
    [
      "a pattern counts from the root alone",
      "*.md\na.js\nnode_modules\ndist",
      ["link.js", "run.sh", "src/a.js", "src/deep/b.js", "src/deep/notes.md"],
    ],
    [
      "an exception",
      "src/deep/*\n!src/deep/b.js\nnode_modules\ndist\n# no rule",
      ["link.js", "run.sh", "src/a.js", "src/deep/b.js"],
    ],
  ];
  test("that is the project itself: `.`, without what Freehold keeps there", async () => {
    const paths = (await createFiles(folder).list(`${folder}/.`)).map((entry) => entry.path);
    assert.deepEqual(paths, rows[0]?.[2]);
  });

  for (const [name, rules, expected] of rows) {
    test(name, async () => {
      const dockerignore = join(folder, "..", `${name.replaceAll(" ", "-")}.dockerignore`);
      await writeFile(dockerignore, rules);
      const found = await createFiles(folder).list(folder, { dockerignore });
      await rm(dockerignore);
      assert.deepEqual(
        found.map((entry) => entry.path),
        expected,
      );
    });
  }

  test("modes and links are told", async () => {
    const found = await createFiles(folder).list(folder);
    assert.equal(found.find((entry) => entry.path === "run.sh")?.isExecutable, true);
    assert.equal(found.find((entry) => entry.path === "src/a.js")?.isExecutable, false);
    assert.equal(found.find((entry) => entry.path === "link.js")?.link, "src/a.js");
  });

  test("a file is written whole, and nothing else is left beside it", async () => {
    const target = join(folder, "new/place/state.json");
    await createFiles(folder).write(target, "{}");
    assert.deepEqual(await readdir(join(folder, "new/place")), ["state.json"]);
  });

  test("a reader beside a write sees all of the old or all of the new, never a part", async () => {
    const target = join(folder, "beside/state.json");
    const files = createFiles(folder);
    const texts = ["a".repeat(3_000_000), "b".repeat(3_000_000)];
    await files.write(target, texts[0] ?? "");
    let isWriting = true;
    const reading = (async () => {
      while (isWriting) assert.ok(texts.includes(await files.readText(target)));
    })();
    for (let round = 0; round < 10; round += 1) await files.write(target, texts[round % 2] ?? "");
    isWriting = false;
    await reading;
  });

  test("a write that fails leaves what was there, and no part of its own", async () => {
    const target = join(folder, "full/state.json");
    await mkdir(target, { recursive: true });
    await writeFile(join(target, "kept"), "");
    await assert.rejects(createFiles(folder).write(target, "{}"));
    assert.deepEqual(
      [await readdir(join(folder, "full")), await readdir(target)],
      [["state.json"], ["kept"]],
    );
  });
});

describe("files that a user's file names", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "freehold-named-"));
    for (const name of ["repo/.git", "repo/shop/sub"]) await mkdir(join(folder, name), { recursive: true });
    for (const name of ["repo/shop/a", "repo/b", "c", "repo/.git/config"])
      await writeFile(join(folder, name), name);
    await symlink("../../c", join(folder, "repo/shop/out"));
    await symlink("../b", join(folder, "repo/shop/in"));
    await symlink("none", join(folder, "repo/shop/dangling"));
    await symlink("/etc", join(folder, "repo/shop/sub/etc"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const rows: Readonly<Record<string, RegExp>> = {
    a: /^repo\/shop\/a$/,
    in: /^repo\/b$/,
    "../b": /^repo\/b$/,
    out: /outside/,
    "../../c": /outside/,
    dangling: /missing/,
    sub: /is a folder/,
  };
  for (const [path, expected] of Object.entries(rows))
    test(path, async () => {
      const port = createFiles(join(folder, "repo/shop"));
      const read = port.readInput(join(folder, "repo/shop", path)).then(
        (bytes) => Buffer.from(bytes).toString(),
        (error: unknown) => (error instanceof Error ? error.message : ""),
      );
      assert.match(await read, expected);
    });

  test("links to folders are listed as links, and nothing behind them", async () => {
    const found = await createFiles(join(folder, "repo/shop")).list(join(folder, "repo/shop"));
    assert.deepEqual(
      found.map(({ path, link }) => `${path} ${link ?? ""}`),
      ["a ", "dangling none", "in ../b", "out ../../c", "sub/etc /etc"],
    );
  });
});
