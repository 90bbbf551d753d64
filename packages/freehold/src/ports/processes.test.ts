import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { createEnvironments } from "./environment.ts";
import { createProcesses } from "./processes.ts";

for (const system of ["linux", "darwin"]) {
  const { startOf } = createProcesses(createEnvironments(process.env).plain, system);

  test(`${system}: a process has one beginning, another process another`, async () => {
    const mine = await startOf(process.pid);
    assert.equal(await startOf(process.pid), mine);
    assert.notEqual(mine, undefined);
    const first = await startOf(1);
    assert.ok(first !== undefined && first !== mine);
  });

  test(`${system}: one that has ended has none, waited for or not`, async () => {
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    try {
      const [line] = await once(parent.stdout, "data");
      // `exec` leaves the child to a parent that never asks for its exit code.
      const child = Number(String(line).trim());
      while ((await startOf(child)) !== undefined) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      parent.kill("SIGKILL");
      await once(parent, "close");
    }
    assert.equal(await startOf(parent.pid ?? 0), undefined);
  });
}
