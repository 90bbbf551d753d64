import { visibleIn } from "../../app/visible.ts";
import { renderLasting } from "./lasting.ts";
import type { Screen } from "./screen.ts";
import { follow, noSteps } from "./step-tree.ts";

/** Without a terminal: a line when a step ends, and one now and then of what a long one waits for. */
export function createPlainScreen(write: (text: string) => void): Screen {
  let tree = noSteps;
  const told = new Map<string, number>();
  let hasFailed = false;
  return {
    emit: (raw) => {
      const event = visibleIn(raw);
      const now = Date.now();
      const next = follow(tree, event, now);
      tree = next.tree;
      hasFailed ||= event.type === "step-failed";
      if (next.line !== undefined) write(`${next.line}\n`);
      for (const line of renderLasting(event)) write(`${line}\n`);
      if (event.type === "step-progress" && now - (told.get(event.id) ?? now - 20_000) >= 20_000) {
        told.set(event.id, now);
        write(
          `  … ${tree.active.find((step) => step.id === event.id)?.title ?? event.id}: ${event.message}\n`,
        );
      }
    },
    pause: () => {},
    close: () => {
      if (hasFailed) write("\n");
    },
  };
}
