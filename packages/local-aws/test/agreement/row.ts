import type { ServiceName } from "./clients.ts";

/** What a client was answered by the operations it called before, by operation; the last answer of each. */
export type Earlier = (operation: string) => unknown;

/** One call, made by the `aws` command and by the SDK, each on things of its own. */
export interface Row {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: object | ((earlier: Earlier) => object);
  readonly expected: Expected;
}

export type Expected =
  /** Members that the answer must have; the rest of it must be the same for both. */
  | { readonly kind: "answer"; readonly members: object }
  /** The code on the wire, the SDK's class where it has another name, and words of the message. */
  | { readonly kind: "error"; readonly code: string; readonly name: string; readonly message: RegExp };

export function answers(members: object): Expected {
  return { kind: "answer", members };
}

export function refuses(code: string, message: RegExp, name = code): Expected {
  return { kind: "error", code, name, message };
}

/** A member of an earlier answer, by its path. @throws TypeError when it was not there */
export function memberOf(answer: unknown, ...path: readonly (string | number)[]): string {
  const found = path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    answer,
  );
  if (typeof found !== "string") throw new TypeError(`no ${path.join(".")} in ${JSON.stringify(answer)}`);
  return found;
}
