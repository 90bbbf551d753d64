import { z } from "zod";
import { ServiceError } from "../service.ts";

const kinds = ["throttle", "fail", "drop", "timeout"] as const;

/** How a call fails before anything is done: told to slow down, answered with a 503, its connection closed, or no answer at all. */
export type FaultKind = (typeof kinds)[number];

const rule = z.strictObject({
  /** Name a call is signed for: `ecs`, `s3`, `elasticloadbalancing`; `*` for all. */
  service: z.string().default("*"),
  kind: z.enum(kinds),
  /** Of the calls, 0 to 1. */
  share: z.number().min(0).max(1).default(1),
  /** How often at most. */
  count: z.int().min(1).optional(),
});

const request = z.strictObject({
  /** Makes a run repeatable, as far as the calls come in the same order. */
  seed: z.int().default(1),
  rules: z.array(rule).min(1),
});

type Rule = z.output<typeof rule>;

export interface FaultStatus {
  readonly rules: readonly Rule[];
  /** Calls that were asked about, and those that failed, since the rules were set. */
  readonly calls: number;
  readonly faults: number;
}

/** The faults that were ordered; none at the start. */
export interface Faults {
  /** Replaces all rules. @throws ServiceError InvalidFaults naming the member that is wrong. */
  set(wanted: unknown): void;
  clear(): void;
  status(): FaultStatus;
  /** What happens to this call; undefined: nothing. */
  next(service: string): FaultKind | undefined;
}

export function createFaults(): Faults {
  let rules: Rule[] = [];
  let random = sequence(1);
  let [calls, faults] = [0, 0];
  const set = (wanted: readonly Rule[], seed: number) => {
    rules = [...wanted];
    random = sequence(seed);
    [calls, faults] = [0, 0];
  };
  return {
    set: (wanted) => {
      const parsed = request.safeParse(wanted);
      if (!parsed.success) throw invalid(parsed.error);
      set(parsed.data.rules, parsed.data.seed);
    },
    clear: () => set([], 1),
    status: () => ({ rules, calls, faults }),
    next: (service) => {
      calls += 1;
      const index = rules.findIndex((one) =>
        one.service === "*" || one.service === service ? random() < one.share : false,
      );
      const hit = rules[index];
      if (hit === undefined) return undefined;
      faults += 1;
      rules = rules.flatMap((one) => (one === hit ? used(one) : [one]));
      return hit.kind;
    },
  };
}

/** A rule that may strike once less; gone after the last time. */
function used(one: Rule): readonly Rule[] {
  if (one.count === undefined) return [one];
  return one.count > 1 ? [{ ...one, count: one.count - 1 }] : [];
}

function invalid(error: z.ZodError): ServiceError {
  const [issue] = error.issues;
  const path = issue?.path.join(".") ?? "";
  return new ServiceError("InvalidFaults", `${path === "" ? "the body" : path}: ${issue?.message ?? ""}`);
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
