import { ServiceError } from "../service.ts";
import type { FaultKind, FaultRule } from "./fault-orders.ts";

export interface FaultStatus {
  readonly rules: readonly FaultRule[];
  /** Calls that were asked about, and those that failed, since the rules were set. */
  readonly calls: number;
  readonly faults: number;
}

/** The faults that were ordered; none at the start. */
export interface Faults {
  /** Replaces all rules. */
  set(rules: readonly FaultRule[], seed: number): void;
  clear(): void;
  status(): FaultStatus;
  /** What happens to this call; undefined: nothing. */
  next(service: string, operation: string): FaultKind | undefined;
}

export function createFaults(): Faults {
  let rules: FaultRule[] = [];
  let random = sequence(1);
  let [calls, faults] = [0, 0];
  const set = (wanted: readonly FaultRule[], seed: number) => {
    rules = [...wanted];
    random = sequence(seed);
    [calls, faults] = [0, 0];
  };
  return {
    set,
    clear: () => set([], 1),
    status: () => ({ rules, calls, faults }),
    next: (service, operation) => {
      calls += 1;
      const hit = rules.find((one) => isMeant(one, service, operation) && random() < one.share);
      if (hit === undefined) return undefined;
      faults += 1;
      rules = rules.flatMap((one) => (one === hit ? used(one) : [one]));
      return hit.kind;
    },
  };
}

function isMeant(one: FaultRule, service: string, operation: string): boolean {
  return (
    (one.service === "*" || one.service === service) &&
    (one.operation === undefined || one.operation === operation)
  );
}

/** A rule that may strike once less; gone after the last time. */
function used(one: FaultRule): readonly FaultRule[] {
  if (one.count === undefined) return [one];
  return one.count > 1 ? [{ ...one, count: one.count - 1 }] : [];
}

/**
 * The error of a fault, with the code that clients of that service know to try again
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
 */
export function faultError(kind: "throttle" | "fail", service: string): ServiceError {
  if (kind === "fail") return new ServiceError("ServiceUnavailable", "A fault was ordered.", 503);
  if (service === "s3") return new ServiceError("SlowDown", "Please reduce your request rate.", 503);
  if (service === "ec2") return new ServiceError("RequestLimitExceeded", "Request limit exceeded.", 503);
  return new ServiceError(byQuery.has(service) ? "Throttling" : "ThrottlingException", "Rate exceeded", 400);
}

/** Services of the query protocol spell it without `Exception`. */
const byQuery: ReadonlySet<string> = new Set(["elasticache", "elasticloadbalancing", "iam", "rds", "sts"]);

/** A linear congruential generator: the same sequence for the same seed is all that is asked of it. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
