import { BlockList, isIP, isIPv6 } from "node:net";
import { matches, type Piece } from "./pattern.ts";

type Answer = "yes" | "no" | "unknown";

/** How a value of the request is compared with one of the policy's alternatives. */
export interface Operator {
  readonly isNegated: boolean;
  readonly matches: (value: string, wanted: readonly Piece[]) => Answer;
}

type Compare = Operator["matches"];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const operators: Readonly<Record<string, Operator>> = {
  ...pair("StringEquals", "StringNotEquals", (value, wanted) => answer(value === textOf(wanted))),
  ...pair("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", (value, wanted) =>
    answer(value.toLowerCase() === textOf(wanted).toLowerCase()),
  ),
  ...pair("StringLike", "StringNotLike", (value, wanted) => answer(matches(wanted, value))),
  ...pair("ArnEquals", "ArnNotEquals", arnMatches),
  ...pair("ArnLike", "ArnNotLike", arnMatches),
  ...pair(
    "NumericEquals",
    "NumericNotEquals",
    ordered(Number, (left, right) => left === right),
  ),
  ...lone(
    "NumericLessThan",
    ordered(Number, (left, right) => left < right),
  ),
  ...lone(
    "NumericLessThanEquals",
    ordered(Number, (left, right) => left <= right),
  ),
  ...lone(
    "NumericGreaterThan",
    ordered(Number, (left, right) => left > right),
  ),
  ...lone(
    "NumericGreaterThanEquals",
    ordered(Number, (left, right) => left >= right),
  ),
  ...pair(
    "DateEquals",
    "DateNotEquals",
    ordered(instantOf, (left, right) => left === right),
  ),
  ...lone(
    "DateLessThan",
    ordered(instantOf, (left, right) => left < right),
  ),
  ...lone(
    "DateLessThanEquals",
    ordered(instantOf, (left, right) => left <= right),
  ),
  ...lone(
    "DateGreaterThan",
    ordered(instantOf, (left, right) => left > right),
  ),
  ...lone(
    "DateGreaterThanEquals",
    ordered(instantOf, (left, right) => left >= right),
  ),
  ...lone("Bool", (value, wanted) => answer(value.toLowerCase() === textOf(wanted).toLowerCase())),
  ...lone("BinaryEquals", (value, wanted) => answer(value === textOf(wanted))),
  ...pair("IpAddress", "NotIpAddress", (value, wanted) => isInRange(value, textOf(wanted))),
};

function pair(name: string, negated: string, compare: Compare): Readonly<Record<string, Operator>> {
  return {
    [name]: { isNegated: false, matches: compare },
    [negated]: { isNegated: true, matches: compare },
  };
}

function lone(name: string, compare: Compare): Readonly<Record<string, Operator>> {
  return { [name]: { isNegated: false, matches: compare } };
}

function answer(value: boolean): Answer {
  return value ? "yes" : "no";
}

function textOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => (piece.kind === "text" ? piece.text : piece.kind === "many" ? "*" : "?"))
    .join("");
}

/** The six parts of an ARN are compared one by one; the last holds all further colons. */
function arnMatches(value: string, wanted: readonly Piece[]): Answer {
  const given = partsOf([...value].map((text): Piece => ({ kind: "text", text })));
  const asked = partsOf(wanted);
  if (given.length !== 6 || asked.length !== 6) return "no";
  return answer(asked.every((part, index) => matches(part, textOf(given[index] ?? []))));
}

function partsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === "text" && piece.text === ":" && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts;
}

/** What cannot be read as a number or a date compares with nothing. */
function ordered(read: (text: string) => number, compare: (left: number, right: number) => boolean): Compare {
  return (value, wanted) => {
    const left = read(value);
    const right = read(textOf(wanted));
    return Number.isNaN(left) || Number.isNaN(right) ? "unknown" : answer(compare(left, right));
  };
}

/** ISO 8601, or seconds since 1970. */
function instantOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function isInRange(address: string, range: string): Answer {
  const [base = "", bits] = range.split("/");
  const family = isIPv6(base) ? "ipv6" : "ipv4";
  const prefix = bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits);
  if (isIP(base) === 0 || isIP(address) === 0 || !(prefix >= 0 && prefix <= (family === "ipv6" ? 128 : 32))) {
    return "unknown";
  }
  const list = new BlockList();
  list.addSubnet(base, prefix, family);
  return answer(list.check(address, isIPv6(address) ? "ipv6" : "ipv4"));
}
