import { visibleIn } from "../../app/visible.ts";
import { renderLasting } from "./lasting.ts";
import type { Screen } from "./screen.ts";
import { duration, follow, noSteps, type ShownStep } from "./step-tree.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** What is used of a terminal's stream. */
export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** A terminal: ended steps stay above, the ones under way are drawn anew below, with what they wait for and how long. */
export function createLiveScreen(output: Terminal): Screen {
  let tree = noSteps;
  let drawn: readonly string[] = [];
  let frame = 0;
  let hasFailed = false;
  const clear = () => erase(drawn, output.columns ?? 80);
  const draw = (lines: readonly string[]): void => {
    const spinner = frames[frame % frames.length] ?? "";
    const live = tree.active
      .slice(0, Math.max(1, (output.rows ?? 24) - 2))
      .map((step) => fit(liveLine(step, spinner), output.columns ?? 80));
    output.write(clear() + [...lines, ...live].map((line) => `${line}\n`).join(""));
    drawn = live;
  };
  const timer = setInterval(() => {
    frame += 1;
    if (tree.active.length > 0) draw([]);
  }, 120);
  timer.unref();
  return {
    emit: (raw) => {
      const event = visibleIn(raw);
      const next = follow(tree, event, Date.now());
      tree = next.tree;
      hasFailed ||= event.type === "step-failed";
      const lines = [...(next.line === undefined ? [] : [next.line]), ...renderLasting(event)];
      if (lines.length > 0 || event.type.startsWith("step-")) draw(lines);
    },
    close: () => {
      clearInterval(timer);
      tree = noSteps;
      draw(hasFailed ? [""] : []);
    },
    pause: () => {
      output.write(clear());
      drawn = [];
    },
  };
}

/** Goes back over what was drawn; a terminal made narrower since then has broken lines in several. */
function erase(lines: readonly string[], columns: number): string {
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / columns)), 0);
  return rows === 0 ? "" : `\u001b[${rows}A\u001b[0J`;
}

function liveLine(step: ShownStep, spinner: string): string {
  const message = step.message === undefined ? "" : `: ${step.message}`;
  return `${"  ".repeat(step.depth)}${spinner} ${step.title}${message}${duration((Date.now() - step.started) / 1000)}`;
}

/** One row on the screen, whatever its width. */
function fit(line: string, columns: number): string {
  const characters = [...line];
  return characters.length < columns ? line : `${characters.slice(0, Math.max(1, columns - 2)).join("")}…`;
}
