import { release } from "../release/release.ts";
import { readHistory, shelfOf } from "../release/store.ts";
import { credentials } from "../secrets/credentials.ts";
import { type FakeWorld, fakeWorld } from "./fake-ports.ts";
import { provisionShop, shopBuilt, shopTarget } from "./shop.ts";
import { createTranscript } from "./transcript.ts";

const target = shopTarget();

/** An account that holds the shop as provisioning leaves it. */
export function provisioned(): FakeWorld {
  const world = fakeWorld();
  provisionShop(world);
  return world;
}

/** Releases an edition; answers how it went rather than throw. */
export async function releaseShop(world: FakeWorld, edition: Parameters<typeof shopBuilt>[0] = {}) {
  const transcript = createTranscript();
  await credentials({ target }, world.ports, transcript.emit);
  transcript.events.length = 0;
  const run = release({ target, built: shopBuilt(edition) }, world.ports, transcript.emit);
  return run.then(
    (released) => ({ released, lines: transcript.lines(), error: undefined }),
    (error: unknown) => ({ released: undefined, lines: transcript.lines(), error }),
  );
}

/** What the reader of the account would find: what runs, what is served, what is scheduled, what is live. */
export async function outcome(world: FakeWorld) {
  const history = await readHistory(shelfOf(target), world.ports);
  const images = [...world.ecs.services].map(([name, service]) => [
    name,
    world.ecs.revisions.get(service.taskDefinition)?.containers[0]?.image,
    service.desiredCount,
  ]);
  const schedule = world.schedules.get("report");
  const scheduled = world.ecs.revisions.get(schedule?.arn ?? "")?.containers[0]?.image;
  return { live: history.live?.id, images, scheduled, state: schedule?.state, keys: [...world.keys] };
}
