import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createProject } from "./project.ts";

test("a project's paths and telling texts, without what tools keep there; nothing is written over", async () => {
  const folder = await mkdtemp(join(tmpdir(), "freehold-project-"));
  try {
    await mkdir(join(folder, "node_modules/a"), { recursive: true });
    await mkdir(join(folder, "src"));
    for (const [path, text] of Object.entries({
      "package.json": "{}",
      "node_modules/a/package.json": "{}",
      "src/notes.txt": "hush",
    }))
      await writeFile(join(folder, path), text);
    const project = createProject(folder);
    const { paths, texts } = await project.read();
    assert.deepEqual(paths, ["package.json", "src/notes.txt"]);
    assert.deepEqual([...texts.keys()], ["package.json"]);
    assert.equal(await project.create("package.json", "mine"), false);
    assert.equal(await project.create("apps/api/Dockerfile", "FROM a\n"), true);
    assert.equal(await readFile(join(folder, "package.json"), "utf8"), "{}");
    assert.deepEqual(await readdir(join(folder, "apps/api")), ["Dockerfile"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
