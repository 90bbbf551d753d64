import { arch, cpus, platform, totalmem } from "node:os";
import { benchJourney } from "./journey.ts";
import { benchStartUp } from "./start-up.ts";

/** `npm run bench [start-up|journey]`: prints tables of Markdown. */
async function main(wanted: string | undefined): Promise<void> {
  const memory = Math.round(totalmem() / 2 ** 30);
  const node = process.versions.node;
  console.log(
    `${new Date().toISOString()} · ${cpus().length} cores, ${memory} GiB, ${platform()} ${arch()}, Node ${node}\n`,
  );
  if (wanted !== "journey") console.log((await benchStartUp()).join("\n"));
  if (wanted !== "start-up") console.log((await benchJourney()).join("\n"));
}

await main(process.argv[2]);
