import { UserError } from "../../errors.ts";

/**
 * What AWS, or the provider, says when a thing cannot be made because it exists. Each service has words of its own.
 */
const words: readonly RegExp[] = [
  /already\s+exists?/i,
  /AlreadyExists/,
  /AlreadyOwned/,
  /AlreadyAssociated/,
  /Duplicate/,
  /ResourceExistsException/,
  /PriorityInUse/,
  /QueueNameExists/,
  /not idempotent/,
];

/** Whether Terraform failed because something that it was to make is there already. */
export function isAlreadyThere(error: unknown): boolean {
  if (!(error instanceof UserError)) return false;
  return error.problems.some(
    ({ code, message }) => code === "terraform-failed" && words.some((word) => word.test(message)),
  );
}
