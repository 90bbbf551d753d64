import type { PrintedEvent } from "../e2e/command-line.ts";

/** When a run is killed, and what dies with it. */
export interface Moment {
  /** For the reader. */
  readonly name: string;
  /** What is there before: nothing, or the application, to be changed by this run. */
  readonly before: "nothing" | "application";
  /** Told every event of the run in order; true once the moment has come. */
  readonly has: (event: PrintedEvent) => boolean;
  /** Milliseconds from then on. */
  readonly delay: number;
  /** As when the whole machine fails; otherwise `freehold` dies alone. */
  readonly withTerraform: boolean;
}

type Random = () => number;

/** Ten moments over the whole of `up`; where exactly within each part is up to chance. */
export function moments(random: Random): readonly Moment[] {
  const within = (part: string, before: Moment["before"], withTerraform = false): Moment =>
    withinApply(part, before, withTerraform, random());
  const soonAfter = (step: string, milliseconds: number): Moment => ({
    name: `${step}, soon after it began`,
    before: "application",
    has: begins(step),
    delay: Math.round(random() * milliseconds),
    withTerraform: false,
  });
  return [
    within("collection", "nothing", true),
    within("collection", "application"),
    within("environment", "application", true),
    soonAfter("build/app", 1_500),
    within("environment", "nothing", true),
    soonAfter("release-command/app", 4_000),
    within("environment", "application"),
    soonAfter("release/app", 4_000),
    anywhere("nothing", 150_000, random()),
    anywhere("application", 40_000, random()),
  ];
}

/** Once a share of a stack's changes is made. */
function withinApply(stack: string, before: Moment["before"], withTerraform: boolean, share: number): Moment {
  const percent = Math.round(share * 100);
  return {
    name: `the ${stack}'s apply, ${percent} % through`,
    before,
    has: (event) => {
      const [, done, total] = /^(\d+) of (\d+) /.exec(String(event["message"])) ?? [];
      return event["id"] === `apply/${stack}` && done !== undefined && Number(done) >= share * Number(total);
    },
    delay: 0,
    withTerraform,
  };
}

function anywhere(before: Moment["before"], milliseconds: number, share: number): Moment {
  const delay = Math.round(share * milliseconds);
  return { name: `${delay} ms after it began`, before, has: () => true, delay, withTerraform: true };
}

function begins(id: string): Moment["has"] {
  return (event) => event.type === "step-started" && event["id"] === id;
}
