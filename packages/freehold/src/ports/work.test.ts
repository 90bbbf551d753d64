import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { lstat, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { ProcessPort } from "../engine/ports.ts";
import { markOf } from "./run-mark.ts";
import { createWork, startedPrefix } from "./work.ts";

const place = { account: "111111111111", bucket: "state", key: "shop/default/collection.tfstate" };

describe("working folders", () => {
  let home = "";
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "freehold-work-"));
  });
  after(() => rm(home, { recursive: true, force: true }));

  /** A machine where these processes run. */
  const machine = (...running: readonly number[]): ProcessPort => ({
    startOf: async (pid) => (running.includes(pid) ? `start of ${pid}` : undefined),
  });
  const workOf = (pid: number, processes: ProcessPort, state = home) =>
    createWork({ environment: { XDG_STATE_HOME: state }, pid, processes });

  /** The folder of run 7, which has started Terraform 8, in a home of its own. */
  const runSeven = async (name: string) => {
    const state = join(home, name);
    const all = machine(7, 8, 9);
    const { run } = await workOf(7, all, state).stack(place);
    await writeFile(join(run, `${startedPrefix}${await markOf(8, all)}`), "");
    return {
      run,
      sweep: (...running: readonly number[]) => workOf(9, machine(9, ...running), state).sweep(place),
    };
  };

  test("two runs of a stack have a folder each, mode 0700, and share one", async () => {
    const processes = machine(7, 9);
    const one = await workOf(7, processes).stack(place);
    const other = await workOf(9, processes).stack(place);
    assert.notEqual(one.run, other.run);
    assert.equal(one.shared, other.shared);
    assert.deepEqual(await workOf(7, processes).stack(place), one, "the same run, the same folder");
    for (const path of [one.run, other.run, one.shared])
      assert.equal((await lstat(path)).mode & 0o777, 0o700);
  });

  test("another account, bucket or key has folders of its own", async () => {
    const work = workOf(7, machine(7));
    const places = [
      place,
      { ...place, account: "222222222222" },
      { ...place, bucket: "b" },
      { ...place, key: "k" },
    ];
    const shared = await Promise.all(places.map(async (one) => (await work.stack(one)).shared));
    assert.equal(new Set(shared).size, places.length);
  });

  const rows = [
    { name: "its run and its Terraform have ended", running: [], isKept: false },
    { name: "its run lives", running: [7], isKept: true },
    { name: "its run was killed, and its Terraform lives on", running: [8], isKept: true },
  ];
  for (const { name, running, isKept } of rows)
    test(`a folder is ${isKept ? "kept" : "removed"} at the next run when ${name}`, async () => {
      const { run, sweep } = await runSeven(name);
      assert.deepEqual(await sweep(...running), []);
      assert.equal(existsSync(run), isKept);
    });

  test("a process that was given the number of a dead run does not keep its folder", async () => {
    const { run } = await runSeven("reused");
    const startOf = async (pid: number) => (pid === 7 ? "another start" : undefined);
    await workOf(9, { startOf }, join(home, "reused")).sweep(place);
    assert.equal(existsSync(run), false);
  });

  test("a folder with a state that could not be saved is kept and reported", async () => {
    const { run, sweep } = await runSeven("unsaved");
    await writeFile(join(run, "errored.tfstate"), "{}");
    assert.deepEqual(await sweep(), [{ folder: run, file: "errored.tfstate" }]);
    assert.equal(existsSync(run), true);
  });

  test("a folder of another machine is removed only after a week without a change", async () => {
    const { run, sweep } = await runSeven("elsewhere");
    const foreign = join(dirname(run), `${"0".repeat(12)}.${basename(run).split(".").slice(1).join(".")}`);
    await mkdir(foreign);
    await sweep();
    assert.equal(existsSync(foreign), true);
    const old = new Date(Date.now() - 8 * 86_400_000);
    await utimes(foreign, old, old);
    await sweep();
    assert.equal(existsSync(foreign), false);
  });

  test("a link in a folder's place is neither followed nor removed", async () => {
    const state = join(home, "linked");
    const elsewhere = join(home, "precious");
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, "file"), "");
    const work = workOf(7, machine(7), state);
    const { shared } = await work.stack(place);
    const runs = join(dirname(shared), "runs");
    await rm(runs, { recursive: true });
    await symlink(elsewhere, runs);
    await assert.rejects(work.stack(place), /is a link/);
    await assert.rejects(work.sweep(place), /is a link/);
    assert.deepEqual(await readdir(elsewhere), ["file"]);
  });
});
