import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { connectDocker } from "../docker/docker.ts";
import { labelOf } from "../docker/label.ts";
import { removeLabelled } from "../docker/remove-labelled.ts";
import { stopInstance } from "./stop.ts";

/** Stops the instance of a folder and removes all it ever made: containers, volumes, networks and the folder. */
export async function resetInstance(folder: string): Promise<void> {
  await stopInstance(folder);
  await removeLabelled(await connectDocker(process.env, process.platform), labelOf(resolve(folder)));
  await rm(folder, { recursive: true, force: true });
  console.log(`removed ${resolve(folder)} and what belonged to it`);
}
