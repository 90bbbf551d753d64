import { createHash, randomInt } from "node:crypto";
import type { Call } from "../service.ts";

type Place = Pick<Call, "accountId" | "region">;

/** `arn:aws:rds:<region>:<account>:<kind>:<name>`; names have no case. */
export function arnOf(place: Place, kind: "db" | "snapshot" | "subgrp" | "pg" | "og", name: string): string {
  return `arn:aws:rds:${place.region}:${place.accountId}:${kind}:${name.toLowerCase()}`;
}

/** `<identifier>.<hash>.<region>.rds.amazonaws.com`; the hash is one per account and region, as on AWS. */
export function endpointAddress(place: Place, identifier: string): string {
  const digest = createHash("sha256").update(`${place.accountId}/${place.region}`).digest();
  const hash = BigInt(`0x${digest.toString("hex")}`)
    .toString(36)
    .slice(0, 12);
  return `${identifier}.${hash}.${place.region}.rds.amazonaws.com`;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** A DbiResourceId: `db-` and 26 characters. */
export function newResourceId(): string {
  return `db-${Array.from({ length: 26 }, () => letters[randomInt(letters.length)]).join("")}`;
}
