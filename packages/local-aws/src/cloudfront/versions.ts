import { randomInt } from "node:crypto";
import { ServiceError } from "../service.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** An id or ETag as CloudFront makes them: `E` and 13 letters or digits. */
export function newToken(length = 13): string {
  return `E${randomText(length)}`;
}

export function randomText(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
}

/** Every change names the version it starts from. Throws `InvalidIfMatchVersion` or `PreconditionFailed`. */
export function checkVersion(etag: string, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === "") {
    throw new ServiceError(
      "InvalidIfMatchVersion",
      "The If-Match version is missing or not valid for the resource.",
    );
  }
  if (ifMatch !== etag && ifMatch !== "*") {
    throw new ServiceError(
      "PreconditionFailed",
      "The request failed because it didn't meet the preconditions in one or more request-header fields.",
      412,
    );
  }
}

/** Changes reach the edge after a moment, so that callers see both states as on AWS. */
export function isDeployed(changed: string, now: Date): boolean {
  return now.getTime() - new Date(changed).getTime() >= 1000;
}
