import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { UserError } from "../errors.ts";
import { createFiles } from "./files.ts";
import { openWithin } from "./open-within.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "freehold-published-")));
after(() => rmSync(top, { recursive: true }));
const secret = join(top, "secret");
writeFileSync(secret, "of the host");

/** A project with an output that holds two files. */
function outputFolder(): { readonly project: string; readonly output: string } {
  const project = mkdtempSync(join(top, "project-"));
  const output = join(project, "dist");
  mkdirSync(join(output, "assets"), { recursive: true });
  writeFileSync(join(output, "index.html"), "<h1>hi</h1>");
  writeFileSync(join(output, "assets/a.js"), "1");
  return { project, output };
}

async function problemsOf(run: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await run();
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.problems.map(({ subject, message }) => `${subject} ${message}`);
  }
  return [];
}

const refused: Readonly<Record<string, readonly [make: (path: string, output: string) => void, RegExp]>> = {
  "a link to a file of the host": [
    (path) => symlinkSync(secret, path),
    /x is a link that resolves to .*secret, which is outside .*dist/,
  ],
  "a relative link out of the folder": [(path) => symlinkSync("../../secret", path), /outside/],
  "a link to a file of the project that is not in the folder": [
    (path) => {
      writeFileSync(join(path, "../../.env"), "KEY=1");
      symlinkSync("../.env", path);
    },
    /outside/,
  ],
  "a link to a link that leads out": [
    (path, output) => {
      symlinkSync("y", path);
      symlinkSync(secret, join(output, "y"));
    },
    /x is a link that .* outside[\s\S]*y is a link that .* outside/,
  ],
  "a link to a folder of the host": [(path) => symlinkSync("/etc", path), /outside/],
  "a link to a folder in it": [(path) => symlinkSync("assets", path), /x is a link to a folder/],
  "a link to the folder itself": [(path) => symlinkSync(".", path), /x is a link to a folder/],
  "a link that leads nowhere": [(path) => symlinkSync("nowhere", path), /x is a link that leads nowhere/],
  "a link to itself": [(path) => symlinkSync("x", path), /x cannot be read/],
  "a pipe, which is never opened": [(path) => void execFileSync("mkfifo", [path]), /x is not a file/],
  "a link to a pipe": [
    (path, output) => {
      execFileSync("mkfifo", [join(output, "y")]);
      symlinkSync("y", path);
    },
    /x is not a file[\s\S]*y is not a file/,
  ],
  "a link to a device": [(path) => symlinkSync("/dev/zero", path), /outside/],
  "a link to Git's folder": [
    (path, output) => {
      mkdirSync(join(output, ".git"));
      writeFileSync(join(output, ".git/config"), "token");
      symlinkSync(".git/config", path);
    },
    /x is a link that .*\.git/,
  ],
};

describe("a folder that is published is refused for", () => {
  for (const [what, [make, expected]] of Object.entries(refused))
    test(what, { timeout: 10_000 }, async () => {
      const { project, output } = outputFolder();
      make(join(output, "x"), output);
      const problems = await problemsOf(() => createFiles(project).published(output));
      assert.match(problems.toSorted().join("\n"), expected);
    });

  test("a socket", async () => {
    const { project, output } = outputFolder();
    const server = createServer();
    await once(server.listen(join(output, "x")), "listening");
    const problems = await problemsOf(() => createFiles(project).published(output));
    server.close();
    assert.match(problems.join(), /x is not a file/);
  });
});

describe("a folder that is published", () => {
  let project = "";
  let output = "";
  before(() => ({ project, output } = outputFolder()));
  const files = () => createFiles(project);

  test("has every file, through links that stay in it, and nothing of Git", async () => {
    symlinkSync("index.html", join(output, "404.html"));
    symlinkSync("../index.html", join(output, "assets/up.html"));
    symlinkSync(join(output, "index.html"), join(output, "absolute.html"));
    mkdirSync(join(output, ".git"));
    writeFileSync(join(output, ".git/config"), "token");
    mkdirSync(join(output, "sub/.git"), { recursive: true });
    writeFileSync(join(output, "sub/.git/config"), "token");
    const { folder, paths } = await files().published(output);
    assert.deepEqual(paths, ["404.html", "absolute.html", "assets/a.js", "assets/up.html", "index.html"]);
    for (const path of ["404.html", "absolute.html", "assets/up.html"])
      assert.equal(Buffer.from(await files().readPublished(folder, path)).toString(), "<h1>hi</h1>");
  });

  test("may itself be a link within the project, and not out of it", async () => {
    symlinkSync("dist", join(project, "linked"));
    assert.equal((await files().published(join(project, "linked"))).folder, output);
    symlinkSync(top, join(project, "out"));
    assert.match((await problemsOf(() => files().published(join(project, "out")))).join(), /outside/);
  });

  test("may not be a link at all where it comes out of an image", async () => {
    const copied = join(project, "copied");
    symlinkSync("/etc", copied);
    assert.match((await problemsOf(() => files().published(copied, copied))).join(), /resolves to \/etc/);
    assert.equal((await files().published(output, output)).folder, output);
  });

  test("that is missing is reported", async () => {
    assert.match(
      (await problemsOf(() => files().published(join(project, "none")))).join(),
      /none is missing/,
    );
  });

  test("reports at most what a person reads", async () => {
    const many = outputFolder();
    for (let index = 0; index < 50; index += 1) symlinkSync("nowhere", join(many.output, `x${index}`));
    assert.equal((await problemsOf(() => createFiles(many.project).published(many.output))).length, 20);
  });

  const swaps: Readonly<Record<string, (path: string) => void>> = {
    "the file by a link to one of the host": (path) => {
      unlinkSync(path);
      symlinkSync(secret, path);
    },
    "the file by a pipe": (path) => {
      unlinkSync(path);
      execFileSync("mkfifo", [path]);
    },
    "its folder by a link": (path) => {
      renameSync(join(path, ".."), join(path, "../../moved"));
      mkdirSync(join(top, "evil"), { recursive: true });
      writeFileSync(join(top, "evil/a.js"), "of the host");
      symlinkSync(join(top, "evil"), join(path, ".."));
    },
  };
  for (const [what, swap] of Object.entries(swaps))
    test(`is judged again when it is read: ${what} in the meantime`, { timeout: 10_000 }, async () => {
      const swapped = outputFolder();
      const port = createFiles(swapped.project);
      const { folder } = await port.published(swapped.output);
      swap(join(swapped.output, "assets/a.js"));
      assert.equal((await problemsOf(() => port.readPublished(folder, "assets/a.js"))).length, 1);
    });

  test("is never read from elsewhere, however often its folder is swapped for a link", async () => {
    const { output } = outputFolder();
    mkdirSync(join(top, "elsewhere"));
    writeFileSync(join(top, "elsewhere/a.js"), "of the host");
    symlinkSync(join(top, "elsewhere"), join(output, "link"));
    // Swaps in another process, as fast as it can, for as long as this one reads.
    const script = `const { renameSync } = require("node:fs"); const [a, b, c] = process.argv.slice(1);
      for (;;) { renameSync(a, c); renameSync(b, a); renameSync(a, b); renameSync(c, a); }`;
    const paths = ["assets", "link", "kept"].map((name) => join(output, name));
    const child = spawn(process.execPath, ["-e", script, ...paths], { stdio: "ignore" });
    try {
      const port = createFiles(top);
      const until = Date.now() + 1_500;
      let read = 0;
      while (Date.now() < until) {
        const bytes = await port.readPublished(output, "assets/a.js").catch((error: unknown) => {
          assert.ok(error instanceof UserError, String(error));
          return undefined;
        });
        if (bytes === undefined) continue;
        read += 1;
        assert.equal(Buffer.from(bytes).toString(), "1");
      }
      assert.ok(read > 0);
    } finally {
      child.kill();
      await once(child, "exit");
    }
  });
});

test("a device is not opened", () => {
  assert.deepEqual(openWithin("/dev/zero", "/dev"), { kind: "other" });
});
