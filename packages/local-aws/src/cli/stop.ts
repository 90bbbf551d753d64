import { setTimeout as sleep } from "node:timers/promises";
import { failed } from "./failed.ts";
import { askInstance, runningInstance } from "./instance.ts";

const patienceSeconds = 120;

/** Ends the instance of a folder and waits until it is gone; its state is kept. Nothing that runs is no error. */
export async function stopInstance(folder: string): Promise<void> {
  const instance = await runningInstance(folder);
  if (instance === undefined) return console.log("nothing runs");
  await askInstance(instance, "POST", "/_local/shutdown");
  const deadline = Date.now() + patienceSeconds * 1000;
  while (isAlive(instance.pid)) {
    if (Date.now() > deadline) {
      return failed(`process ${instance.pid} does not end; see ${instance.folder}/log`);
    }
    await sleep(100);
  }
  console.log("stopped; its state is kept");
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
