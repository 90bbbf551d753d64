import { isLaterType } from "../../resolve/infer.ts";

/** What has to be said of a resource that the language has and nothing makes yet. */
export function notBuiltYet(type: string): string {
  return isLaterType(type)
    ? `; a \`${type}\` is not built yet, and \`check\` refuses the file while it is there`
    : "";
}
