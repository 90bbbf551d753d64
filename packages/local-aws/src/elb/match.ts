import { BlockList, isIPv6 } from "node:net";
import type { Condition, Listener, Rule } from "./configuration.ts";
import { type HeaderLines, headerValue, headerValues } from "./headers.ts";
import { matchesPattern } from "./pattern.ts";

/** What rules look at. */
export interface RuleSubject {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: HeaderLines;
  readonly peer: string;
}

/** The first rule of the listener that the request satisfies; the default rule has no conditions. */
export function chooseRule(listener: Listener, request: RuleSubject): Rule | undefined {
  return listener.rules.find(({ conditions }) => conditions.every((condition) => holds(condition, request)));
}

/**
 * One condition of a rule, as
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html words it: hosts, header
 * values and query strings ignore case, paths and methods do not.
 */
export function holds(condition: Condition, request: RuleSubject): boolean {
  switch (condition.kind) {
    case "host-header":
      return anyPattern(condition.patterns, [hostName(request.headers)], true);
    case "path-pattern":
      return anyPattern(condition.patterns, [pathOf(request.target)], false);
    case "http-header":
      return anyPattern(condition.patterns, headerValues(request.headers, condition.name), true);
    case "query-string":
      return condition.pairs.some((wanted) => hasPair(request.target, wanted));
    case "http-request-method":
      return condition.methods.includes(request.method);
    case "source-ip":
      return condition.ranges.some((range) => inRange(range, request.peer));
    case "unknown":
      return false;
  }
}

function anyPattern(patterns: readonly string[], texts: readonly string[], ignoreCase: boolean): boolean {
  return patterns.some((pattern) => texts.some((text) => matchesPattern(pattern, text, { ignoreCase })));
}

/** The Host header without its port, in lower case. */
export function hostName(headers: HeaderLines): string {
  return (headerValue(headers, "host") ?? "").replace(/:\d+$/, "").toLowerCase();
}

/** The path of a request target, without its query. */
export function pathOf(target: string): string {
  return target.split("?", 1)[0] ?? "";
}

/** The query of a request target, without `?`; empty where there is none. */
export function queryOf(target: string): string {
  const mark = target.indexOf("?");
  return mark < 0 ? "" : target.slice(mark + 1);
}

function hasPair(target: string, wanted: { readonly key?: string; readonly value: string }): boolean {
  const pairs = [...new URLSearchParams(queryOf(target))];
  return pairs.some(
    ([key, value]) =>
      (wanted.key === undefined || matchesPattern(wanted.key, key, { ignoreCase: true })) &&
      matchesPattern(wanted.value, value, { ignoreCase: true }),
  );
}

function inRange(range: string, address: string): boolean {
  const [network = "", bits = "32"] = range.split("/");
  const list = new BlockList();
  list.addSubnet(network, Number(bits), isIPv6(network) ? "ipv6" : "ipv4");
  return list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
