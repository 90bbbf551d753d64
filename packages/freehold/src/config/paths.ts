import * as z from "./zod.ts";

/** A path that is asked as it is written: to Django `/healthz/` is another than `/healthz`. */
export const askedPath = z
  .string()
  .regex(
    /^\/[A-Za-z0-9._~/-]*$/,
    "must begin with `/` and hold letters, digits and . _ ~ - only, e.g. `/api`",
  )
  .refine((path) => !path.startsWith("/") || !path.includes("//"), "must not hold `//`");

/** The part of the site a service answers: `/` or `/api`. */
export const urlPath = askedPath.transform((path) => (path === "/" ? path : path.replace(/\/$/, "")));

/** A folder of the project as `/`-separated path without a leading `./`. Undefined when it is absolute. */
export function projectPath(path: string): string | undefined {
  if (path.startsWith("/") || path.startsWith("~") || /^[A-Za-z][A-Za-z0-9+.-]*:|^git@/.test(path))
    return undefined;
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  return steps.length === 0 ? "." : steps.join("/");
}
