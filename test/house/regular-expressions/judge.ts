import { type Input, inputsOf } from "./inputs.ts";

export interface Fault {
  readonly input: Input;
  /** How long the text was, and how long it took. */
  readonly characters: number;
  readonly milliseconds: number;
}

/** Small steps first: an expression that is exponential never ends a longer one. */
const small = [24, 36, 54, 81, 120, 250, 1_000] as const;
const screen = 8_000;
const whole = 40_000;

/** What no expression of these lengths takes when its time is linear, in milliseconds; above `clear` the growth shows without longer texts. */
const most = { small: 5, screen: 0.25, whole: 5, clear: 20 } as const;

/** Linear is 2, quadratic is 4. */
const mostGrowth = 3;

/**
 * The text that an expression is slow at, undefined when its time grows with the length of the text. Every match is sought,
 * also by expressions without `g`: `split` does so too.
 */
export function slownessOf(pattern: string, flags: string): Fault | undefined {
  const every = new RegExp(pattern, flags.includes("g") ? flags : `${flags}g`);
  for (const input of inputsOf(pattern, flags)) {
    const fault = slowAt(every, input);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function slowAt(expression: RegExp, input: Input): Fault | undefined {
  const fault = (characters: number, milliseconds: number) => ({ input, characters, milliseconds });
  for (const characters of small) {
    const spent = least(expression, textOf(input, characters), most.small, 3);
    if (spent > most.small) return fault(characters, spent);
  }
  const first = least(expression, textOf(input, screen), most.screen, 3);
  if (first <= most.screen) return undefined;
  const length = first > most.clear ? screen : whole;
  const spent = least(expression, textOf(input, length), most.whole, 3);
  if (spent <= most.whole) return undefined;
  const isSlow = [1, 2, 3].every(() => growth(expression, input, length) >= mostGrowth);
  return isSlow ? fault(length, spent) : undefined;
}

/** How much longer a text takes than one of half its length. */
function growth(expression: RegExp, input: Input, length: number): number {
  const before = least(expression, textOf(input, length / 2), 0, 2);
  return least(expression, textOf(input, length), 0, 2) / before;
}

/** No other work of the machine makes a time this long. */
const certain = 100;

/** The least of several times, since the machine has other work; the first that says enough is taken. */
function least(expression: RegExp, text: string, enough: number, times: number): number {
  const spent = timeOf(expression, text);
  return spent <= enough || spent > certain || times === 1
    ? spent
    : Math.min(spent, least(expression, text, enough, times - 1));
}

function timeOf(expression: RegExp, text: string): number {
  const start = process.threadCpuUsage();
  text.replace(expression, "");
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

function textOf({ start, unit, end }: Input, characters: number): string {
  return start + unit.repeat(Math.max(1, Math.floor(characters / unit.length))) + end;
}
