import type { Event } from "../../engine/events.ts";

export interface ShownStep {
  readonly id: string;
  readonly title: string;
  readonly depth: number;
  readonly started: number;
  readonly message?: string;
}

/** The steps under way, in the order they began, and the lines that ended steps leave behind. */
export interface StepTree {
  readonly active: readonly ShownStep[];
  readonly depths: ReadonlyMap<string, number>;
}

export const noSteps: StepTree = { active: [], depths: new Map() };

/** The tree after an event; `line` is what stays on the screen of a step that ended. Times are milliseconds. */
export function follow(
  tree: StepTree,
  event: Event,
  now: number,
): { readonly tree: StepTree; readonly line?: string } {
  switch (event.type) {
    case "step-started": {
      const depth = event.parent === undefined ? 0 : (tree.depths.get(event.parent) ?? -1) + 1;
      const shown: ShownStep = { id: event.id, title: event.title, depth, started: now };
      return {
        tree: { active: [...tree.active, shown], depths: new Map([...tree.depths, [event.id, depth]]) },
      };
    }
    case "step-progress":
      return {
        tree: {
          ...tree,
          active: tree.active.map((step) =>
            step.id === event.id ? { ...step, message: event.message } : step,
          ),
        },
      };
    case "step-finished": {
      const mark = event.outcome === "done" ? "✔" : "–";
      const detail = event.detail ?? (event.outcome === "done" ? "" : event.outcome);
      return {
        tree: without(tree, event.id),
        line: endLine(mark, find(tree, event.id), detail, event.seconds),
      };
    }
    case "step-failed":
      return { tree: without(tree, event.id), line: endLine("✖", find(tree, event.id), "", event.seconds) };
    default:
      return { tree };
  }
}

function find(tree: StepTree, id: string): ShownStep {
  return tree.active.find((step) => step.id === id) ?? { id, title: id, depth: 0, started: 0 };
}

function without(tree: StepTree, id: string): StepTree {
  return { ...tree, active: tree.active.filter((step) => step.id !== id) };
}

function endLine(mark: string, step: ShownStep, detail: string, seconds: number): string {
  const text = detail === "" ? step.title : `${step.title}: ${detail}`;
  return `${"  ".repeat(step.depth)}${mark} ${text}${duration(seconds)}`;
}

export function duration(seconds: number): string {
  return seconds < 0.95 ? "" : ` (${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s)`;
}
