/** The word that stands for what is made; each client makes its own. */
export const it = "ourthing";

/** What is chosen anew for each thing, by its form. */
const chosen: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>"],
  [/\bdb-[A-Z0-9]{26}\b/g, "<resource>"],
  [/\b[0-9a-f]{16,64}\b/g, "<hex>"],
  [/\bE[A-Z0-9]{12,13}\b/g, "<id>"],
  [/\bI[A-Z0-9]{12,13}\b/g, "<id>"],
  [/\bd[a-z0-9]{12,13}\.cloudfront/g, "<id>.cloudfront"],
  [/ecs-svc\/\d+/g, "ecs-svc/<number>"],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/g, "<time>"],
];

/** An input for one client: its own word in the place of `it`. */
export function inputFor<T>(word: string, input: T): T {
  return replaced(input, (text) => text.replaceAll(it, word)) as T;
}

/** An answer as both clients should have it: `it` again, and what is chosen anew by its form. */
export function comparable(word: string, answer: unknown): unknown {
  return replaced(answer, (text) =>
    chosen.reduce((told, [form, name]) => told.replaceAll(form, name), text.replaceAll(word, it)),
  );
}

function replaced(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (value instanceof Date) return "<time>";
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item) => replaced(item, replace));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([name, member]) => [name, replaced(member, replace)]));
}
