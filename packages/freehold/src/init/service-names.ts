import type { Part } from "./part.ts";

/** A name for each: `web` for the program of the whole repository, else its folder's; none twice. */
export function namesOf(parts: readonly Part[]): readonly string[] {
  const taken = new Set(["db", "cache"]);
  return parts.map((part) => {
    const name = free(wordOf(part), part, taken);
    taken.add(name);
    return name;
  });
}

function wordOf({ folder, serving }: Part): string {
  if (folder === ".") return serving.kind === "nothing" ? "worker" : "web";
  const last = folder.split("/").at(-1) ?? "app";
  const word = last
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return /^[a-z]/.test(word) ? word : `app-${word}`;
}

/** `apps/web` beside another `web` is `apps-web`; then numbers. */
function free(word: string, { folder }: Part, taken: ReadonlySet<string>): string {
  const longer = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const candidates = [
    word,
    ...(longer === "" ? [] : [longer]),
    ...Array.from({ length: 99 }, (_, index) => `${word}-${index + 2}`),
  ];
  return candidates.find((name) => !taken.has(name)) ?? word;
}
