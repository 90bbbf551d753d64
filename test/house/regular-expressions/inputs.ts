import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/** A text is `start`, then `unit` again and again, then `end`. */
export interface Input {
  readonly start: string;
  readonly unit: string;
  readonly end: string;
}

/** Tried wherever a class takes them: one of each kind that patterns tell apart. */
const probes = [..."a0 \t\n_-./:,;=@\"'`$#{}()[]<>|\\AZé"];
/** How a run ends: with the text, with what few classes take, with what `.` does not take. */
const ends = ["", "\0", "\n\0"];
/** A repetition that a text of this length can make slow. */
const long = 256;

/** Texts that make a pattern with an endless repetition try in vain; none for other patterns, which look at few characters from any place. */
export function inputsOf(pattern: string, flags: string): readonly Input[] {
  const unicode = { unicode: flags.includes("u"), unicodeSets: flags.includes("v") };
  const tree = new RegExpParser().parsePattern(pattern, 0, pattern.length, unicode);
  const repeated = repetitionsIn(tree);
  if (repeated.length === 0) return [];
  const draw = drawer(flags);
  const alphabet = [...new Set([...charactersIn(tree), ...charactersOfClasses(tree, draw), ..." \t\na0"])];
  const anywhere = [
    ...alphabet,
    ...samplesOf(tree.alternatives, draw),
    ...repeated.flatMap((one) => {
      const before = textsBefore(one, draw);
      const turns = samplesOf([one.element], draw);
      const whole = before.flatMap((start) => [start, ...turns.map((turn) => start + turn)]);
      return [...turns, ...whole, ...whole.flatMap((text) => [`\n${text}`, `${text} `])];
    }),
  ];
  const after = repeated.flatMap((one) => {
    const units = [...alphabet.filter((character) => draw.takes(one.element, character))];
    return textsBefore(one, draw).flatMap((start) =>
      [...units, ...samplesOf([one.element], draw)].map((unit) => ({ start, unit })),
    );
  });
  return distinct([...anywhere.map((unit) => ({ start: "", unit })), ...after]);
}

function distinct(runs: readonly Omit<Input, "end">[]): readonly Input[] {
  const kept = new Map(runs.map((run) => [JSON.stringify([run.start, run.unit]), run]));
  return [...kept.values()]
    .filter(({ unit }) => unit !== "")
    .flatMap((run) => ends.map((end) => ({ ...run, end })));
}

function repetitionsIn(tree: AST.Pattern): readonly AST.Quantifier[] {
  const found: AST.Quantifier[] = [];
  visitRegExpAST(tree, { onQuantifierEnter: (node) => node.max >= long && found.push(node) });
  return found;
}

function charactersIn(tree: AST.Pattern): readonly string[] {
  const found: string[] = [];
  visitRegExpAST(tree, { onCharacterEnter: ({ value }) => found.push(String.fromCodePoint(value)) });
  return [...new Set(found)].slice(0, 16);
}

function charactersOfClasses(tree: AST.Pattern, draw: Drawer): readonly string[] {
  const found: string[] = [];
  const add = (node: AST.Element) => found.push(...probes.filter((one) => draw.takes(node, one)).slice(0, 2));
  visitRegExpAST(tree, {
    onCharacterClassEnter: add,
    onCharacterSetEnter: (node) => node.parent.type !== "CharacterClass" && add(node as AST.Element),
  });
  return found;
}

interface Drawer {
  /** Whether the node alone takes the whole of a text. */
  takes(node: AST.Element, text: string): boolean;
  /** A text that the node takes; optional parts only where `isFull`. */
  draw(node: Drawn, isFull: boolean): string;
}
type Drawn = AST.Element | AST.Alternative;

function drawer(flags: string): Drawer {
  const compiled = new Map<string, RegExp | undefined>();
  const takes = (node: AST.Element, text: string): boolean => {
    if (!compiled.has(node.raw)) compiled.set(node.raw, alone(node.raw, flags));
    return compiled.get(node.raw)?.test(text) ?? false;
  };
  const draw = (node: Drawn, isFull: boolean): string => {
    switch (node.type) {
      case "Alternative":
        return node.elements.map((element) => draw(element, isFull)).join("");
      case "Group":
      case "CapturingGroup":
        return node.alternatives[0] === undefined ? "" : draw(node.alternatives[0], isFull);
      case "Quantifier":
        return draw(node.element, isFull).repeat(Math.min(long, isFull ? Math.max(1, node.min) : node.min));
      case "Character":
        return String.fromCodePoint(node.value);
      case "CharacterClass":
      case "CharacterSet":
      case "ExpressionCharacterClass":
        return probes.find((one) => takes(node, one)) ?? memberOf(node);
      default:
        return "";
    }
  };
  return { takes, draw };
}

/** Undefined for a part that stands on another, such as `\1`. */
function alone(raw: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${raw})$`, flags.replaceAll(/[gy]/g, ""));
  } catch {
    return undefined;
  }
}

function memberOf(node: AST.Element): string {
  const first = node.type === "CharacterClass" ? node.elements[0] : undefined;
  if (first?.type === "Character") return String.fromCodePoint(first.value);
  return first?.type === "CharacterClassRange" ? String.fromCodePoint(first.min.value) : "";
}

function samplesOf(nodes: readonly Drawn[], { draw }: Drawer): readonly string[] {
  const opened = nodes.flatMap((node): readonly Drawn[] =>
    node.type === "Group" || node.type === "CapturingGroup" ? node.alternatives : [node],
  );
  return [...new Set(opened.flatMap((node) => [draw(node, false), draw(node, true)]))];
}

/** What leads a match up to a node: with and without the optional parts. */
function textsBefore(node: AST.Element, { draw }: Drawer): readonly string[] {
  const steps: AST.Element[] = [];
  for (let at: AST.Node | null = node; at !== null; at = at.parent) {
    if (at.parent?.type !== "Alternative") continue;
    const { elements } = at.parent;
    steps.unshift(...elements.slice(0, elements.indexOf(at as AST.Element)));
  }
  return [
    ...new Set([false, true].map((isFull) => steps.map((step) => draw(step, isFull)).join(""))),
    ...(steps.length > 0 ? [""] : []),
  ];
}
