import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, cp, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createGit } from "./git.ts";

interface Scene {
  readonly folder: string;
  /** A command that leaves the canary's mark. */
  readonly command: string;
}

interface Row {
  readonly name: string;
  readonly plant: (scene: Scene) => Promise<void>;
  /** What runs the command if Git is asked as it is; empty where Git itself runs nothing. */
  readonly plainly: readonly string[];
  /** Undefined where the folder is no repository to us. */
  readonly isDirty?: boolean;
}

const environment = { PATH: process.env["PATH"] ?? "", HOME: tmpdir(), GIT_CONFIG_NOSYSTEM: "1" };

function git(folder: string, ...args: readonly string[]): string {
  const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  const stdio: ("ignore" | "pipe")[] = ["ignore", "pipe", "ignore"];
  const options = { env: environment, encoding: "utf8", stdio } as const;
  return execFileSync("git", ["-C", folder, ...author, ...args], options).trim();
}

const configured = (text: (scene: Scene) => string) => async (scene: Scene) => {
  await appendFile(join(scene.folder, ".git/config"), text(scene));
};

/** The time of a file is another than the index has, so that Git compares its content. */
const touch = ({ folder }: Scene) => utimes(join(folder, "a.txt"), new Date(), new Date(2_000_000_000_000));

const filtered = (text: (scene: Scene) => string) => async (scene: Scene) => {
  await configured(text)(scene);
  await writeFile(join(scene.folder, ".git/info/attributes"), "* filter=x\n");
  await touch(scene);
};

const status = ["status", "--porcelain"];
const log = ["log", "-1", "--format=%an"];

const rows: readonly Row[] = [
  {
    name: "a monitor",
    plant: configured(({ command }) => `[core]\n\tfsmonitor = "${command}; false"\n`),
    plainly: status,
    isDirty: false,
  },
  {
    name: "a monitor in a file that the configuration includes",
    plant: async (scene) => {
      await writeFile(join(scene.folder, ".git/more"), `[core]\n\tfsmonitor = "${scene.command}; false"\n`);
      await configured(({ folder }) => `[includeIf "gitdir:${folder}/"]\n\tpath = more\n`)(scene);
    },
    plainly: status,
    isDirty: false,
  },
  {
    name: "a filter",
    plant: filtered(({ command }) => `[filter "x"]\n\tclean = "${command}; cat"\n\trequired = true\n`),
    plainly: status,
    isDirty: false,
  },
  {
    name: "a filter in a file that the configuration includes",
    plant: async (scene) => {
      await writeFile(join(scene.folder, ".git/more"), `[filter "x"]\n\tclean = "${scene.command}; cat"\n`);
      await filtered(() => "[include]\n\tpath = more\n")(scene);
    },
    plainly: status,
    isDirty: false,
  },
  {
    name: "a filter that is a lasting process",
    plant: filtered(({ command }) => `[filter "x"]\n\tprocess = "${command}"\n\trequired = true\n`),
    plainly: status,
    isDirty: false,
  },
  {
    name: "a filter whose name has an equals sign and a dot",
    plant: async (scene) => {
      await configured(({ command }) => `[filter "a=b.c"]\n\tclean = "${command}; cat"\n`)(scene);
      await writeFile(join(scene.folder, ".git/info/attributes"), "* filter=a=b.c\n");
      await touch(scene);
    },
    plainly: status,
    isDirty: false,
  },
  {
    name: "a filter of the attributes that the configuration names",
    plant: async (scene) => {
      await writeFile(join(scene.folder, ".git/more"), "* filter=x\n");
      const text = ({ folder, command }: Scene) =>
        `[core]\n\tattributesFile = ${folder}/.git/more\n[filter "x"]\n\tclean = "${command}; cat"\n`;
      await configured(text)(scene);
      await touch(scene);
    },
    plainly: status,
    isDirty: false,
  },
  {
    name: "a program that checks signatures",
    plant: async (scene) => {
      await configured(
        ({ command }) =>
          `[log]\n\tshowSignature = true\n[gpg]\n\tprogram = "${scene.folder}/.git/gpg"\n# ${command}\n`,
      )(scene);
      await writeFile(join(scene.folder, ".git/gpg"), `#!/bin/sh\n${scene.command}\n`, { mode: 0o755 });
      const signed = git(scene.folder, "cat-file", "commit", "HEAD").replace(
        /\n\n/,
        "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n",
      );
      await writeFile(join(scene.folder, ".git/signed"), `${signed}\n`);
      const commit = git(
        scene.folder,
        "hash-object",
        "-t",
        "commit",
        "-w",
        join(scene.folder, ".git/signed"),
      );
      git(scene.folder, "update-ref", "HEAD", commit);
    },
    plainly: log,
    isDirty: false,
  },
  {
    name: "a program that compares, and one that makes text",
    plant: async (scene) => {
      const text = ({ command }: Scene) =>
        `[diff]\n\texternal = "${command}"\n[diff "x"]\n\ttextconv = "${command}"\n`;
      await configured(text)(scene);
      await writeFile(join(scene.folder, ".git/info/attributes"), "* diff=x\n");
      await writeFile(join(scene.folder, "a.txt"), "changed");
    },
    plainly: ["diff", "--ext-diff"],
    isDirty: true,
  },
  {
    name: "hooks",
    plant: async (scene) => {
      await mkdir(join(scene.folder, ".git/hooks"), { recursive: true });
      const hook = join(scene.folder, ".git/hooks/post-index-change");
      await writeFile(hook, `#!/bin/sh\n${scene.command}\n`, { mode: 0o755 });
      await touch(scene);
    },
    plainly: status,
    isDirty: false,
  },
  {
    name: "a remote that is asked for what is missing",
    plant: async (scene) => {
      const text = ({ command }: Scene) =>
        `[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = "ext::sh -c ${command.replaceAll(" ", "% ")}"\n\tpromisor = true\n[protocol "ext"]\n\tallow = always\n`;
      const commit = git(scene.folder, "rev-parse", "HEAD");
      await rm(join(scene.folder, ".git/objects", commit.slice(0, 2), commit.slice(2)));
      await configured(text)(scene);
    },
    plainly: log,
  },
  {
    name: "a remote by SSH that is asked for what is missing",
    plant: async (scene) => {
      const text = ({ command }: Scene) =>
        `[core]\n\trepositoryformatversion = 1\n\tsshCommand = "${command}; false"\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = ssh://git.example/x\n\tpromisor = true\n`;
      const commit = git(scene.folder, "rev-parse", "HEAD");
      await rm(join(scene.folder, ".git/objects", commit.slice(0, 2), commit.slice(2)));
      await configured(text)(scene);
    },
    plainly: log,
  },
  {
    name: "a bare repository among the files, with a monitor",
    plant: async (scene) => {
      for (const name of ["HEAD", "objects", "refs", "index", "config"])
        await rename(join(scene.folder, ".git", name), join(scene.folder, name));
      await rm(join(scene.folder, ".git"), { recursive: true });
      const text = `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = "${scene.command}; false"\n`;
      await writeFile(join(scene.folder, "config"), text);
    },
    plainly: status,
  },
  {
    name: "a submodule with a monitor",
    plant: async (scene) => {
      await cp(join(scene.folder, ".git"), join(scene.folder, "sub/.git"), { recursive: true });
      await writeFile(join(scene.folder, "sub/a.txt"), "a");
      git(scene.folder, "-c", "advice.addEmbeddedRepo=false", "add", "sub");
      git(scene.folder, "commit", "-qm", "sub");
      await appendFile(
        join(scene.folder, "sub/.git/config"),
        `[core]\n\tfsmonitor = "${scene.command}; false"\n`,
      );
    },
    plainly: status,
    isDirty: false,
  },
];

describe("what a hostile repository has Git run", () => {
  let scratch = "";
  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "freehold-git-"));
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  const scene = async (name: string): Promise<Scene & { readonly canary: string }> => {
    const folder = join(scratch, name);
    await mkdir(folder);
    git(folder, "init", "-q");
    await writeFile(join(folder, "a.txt"), "a");
    git(folder, "add", ".");
    git(folder, "commit", "-qm", "one");
    const canary = join(scratch, `${name}.canary`);
    return { folder, canary, command: `touch ${canary}` };
  };

  for (const [index, { name, plant, plainly, isDirty }] of rows.entries())
    test(`${name}: nothing`, async () => {
      const planted = await scene(String(index));
      await plant(planted);
      const head = await createGit(environment).head(planted.folder);
      assert.equal(existsSync(planted.canary), false, "the command ran");
      assert.equal(head?.isDirty, isDirty);
      try {
        git(planted.folder, ...plainly);
      } catch {
        // The command may end Git as well.
      }
      assert.equal(existsSync(planted.canary), true, "the canary would not have told");
    });

  test("commit, author and changes are those of the repository", async () => {
    const { folder } = await scene("ordinary");
    const { head } = createGit(environment);
    const commit = git(folder, "rev-parse", "HEAD");
    assert.deepEqual(await head(folder), { commit, author: "Ada", isDirty: false });
    await writeFile(join(folder, "new.txt"), "");
    assert.deepEqual(await head(folder), { commit, author: "Ada", isDirty: true });
  });

  test("a linked working tree and a folder below are of the repository; a folder outside is of none", async () => {
    const { folder } = await scene("trees");
    await mkdir(join(folder, "below"));
    git(folder, "worktree", "add", "-q", join(scratch, "tree"));
    await symlink(folder, join(scratch, "link"));
    const { head } = createGit(environment);
    for (const path of [join(folder, "below"), join(scratch, "tree"), join(scratch, "link")])
      assert.equal((await head(path))?.author, "Ada", path);
    assert.equal(await head(scratch), undefined);
  });

  test("variables that lead Git elsewhere are not the user's to give", async () => {
    const { folder } = await scene("elsewhere");
    await mkdir(join(scratch, "none"));
    const elsewhere = { ...environment, GIT_DIR: join(folder, ".git"), GIT_WORK_TREE: folder };
    assert.equal(await createGit(elsewhere).head(join(scratch, "none")), undefined);
  });
});
