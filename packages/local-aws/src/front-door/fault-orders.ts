import * as z from "zod";
import { ServiceError } from "../service.ts";

const kinds = ["throttle", "fail", "drop", "timeout"] as const;

/** How a call fails before anything is done: told to slow down, answered with a 503, its connection closed, or no answer at all. */
export type FaultKind = (typeof kinds)[number];

const rule = z.strictObject({
  /** Name a call is signed for: `ecs`, `s3`, `elasticloadbalancing`; `*` for all. */
  service: z.string().default("*"),
  /** As the service's model spells it: `RunTask`, `PutObject`; all of them where left out. */
  operation: z.string().optional(),
  kind: z.enum(kinds),
  /** Of the calls, 0 to 1. */
  share: z.number().min(0).max(1).default(1),
  /** How often at most. */
  count: z.int().min(1).optional(),
});

const kill = z.union([
  z.strictObject({ task: z.string().min(1) }),
  z.strictObject({ service: z.string().min(1) }),
  z.strictObject({ zone: z.string().min(1) }),
]);

const orders = z
  .strictObject({
    /** Makes a run repeatable, as far as the calls come in the same order. */
    seed: z.int().default(1),
    rules: z.array(rule).min(1).optional(),
    kill: kill.optional(),
  })
  .refine(({ rules, kill }) => rules !== undefined || kill !== undefined, "names neither `rules` nor `kill`");

export type FaultRule = z.output<typeof rule>;

export type FaultOrders = z.output<typeof orders>;

/** @throws ServiceError InvalidFaults naming the member that is wrong */
export function readFaultOrders(body: unknown): FaultOrders {
  const parsed = orders.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  throw new ServiceError("InvalidFaults", `${path === "" ? "the body" : path}: ${issue?.message ?? ""}`);
}
