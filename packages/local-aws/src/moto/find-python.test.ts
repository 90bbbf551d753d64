import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { findPython, type Python } from "./find-python.ts";

/** Everything by which a repository could have its code run while Python is looked for. */
describe("looking for moto from a foreign repository", () => {
  let repository = "";
  let canary = "";
  let found: Python | undefined;

  before(async () => {
    repository = await mkdtemp(join(tmpdir(), "repository-"));
    canary = await mkdtemp(join(tmpdir(), "canary-"));
    const plant = async (path: string, content: string) => {
      await mkdir(join(repository, path, ".."), { recursive: true });
      await writeFile(join(repository, path), content);
      await chmod(join(repository, path), 0o755);
    };
    for (const module of ["moto", "botocore/__init__", "flask", "json", "site", "sitecustomize", "mends"]) {
      await plant(
        `${module}.py`,
        `open(${JSON.stringify(join(canary, module.replaceAll("/", "-")))}, "w")\n`,
      );
    }
    for (const program of ["python3", "moto_server"]) {
      const script = `#!/bin/sh\ntouch ${join(canary, program)}-$$\n`;
      for (const folder of ["", "bin", ".venv/bin", "node_modules/.bin"])
        await plant(join(folder, program), script);
    }
    await plant(".git/HEAD", "ref: refs/heads/main\n");
    await plant(".python-version", "../../../..\n");
    const before = process.cwd();
    process.chdir(repository);
    try {
      const own = [
        "",
        ".",
        "bin",
        ...["", "bin", ".venv/bin", "node_modules/.bin"].map((each) => join(repository, each)),
      ];
      const environment = {
        ...process.env,
        PATH: [...own, process.env["PATH"]].join(delimiter),
        PYTHONPATH: repository,
        PYTHONHOME: "",
        PYTHONSTARTUP: join(repository, "moto.py"),
      };
      found = await findPython({ environment, calledFrom: repository, folder: join(repository, "state") });
    } finally {
      process.chdir(before);
    }
  });
  after(async () => {
    await rm(repository, { recursive: true });
    await rm(canary, { recursive: true });
  });

  test("nothing of it runs", async () => {
    assert.deepEqual(await readdir(canary), []);
  });

  test("the machine's moto is found", () => {
    assert.match(found?.motoVersion ?? "", /^\d+\./);
    assert.ok(!found?.executable.startsWith(repository));
  });
});
