import * as z from "zod";
import { ServiceError } from "../service.ts";

const count = z.int().min(1);
const selection = z
  .strictObject({
    tagStatus: z.enum(["tagged", "untagged", "any"]),
    tagPrefixList: z.array(z.string().min(1)).optional(),
    tagPatternList: z.array(z.string().min(1)).optional(),
    countType: z.enum(["imageCountMoreThan", "sinceImagePushed", "sinceImagePulled"]),
    countUnit: z.literal("days").optional(),
    countNumber: count,
  })
  .refine((one) => (one.countType === "imageCountMoreThan") === (one.countUnit === undefined), {
    message: "countUnit goes with sinceImagePushed and sinceImagePulled, and only with them",
  })
  .refine((one) => (one.tagStatus === "tagged") === (listsOf(one) === 1) && listsOf(one) < 2, {
    message: "tagStatus tagged needs one of tagPrefixList and tagPatternList, no other status takes them",
  });
const policy = z
  .strictObject({
    rules: z
      .array(
        z.strictObject({
          rulePriority: count,
          description: z.string().optional(),
          selection,
          action: z.strictObject({ type: z.literal("expire") }),
        }),
      )
      .min(1),
  })
  .refine((one) => new Set(one.rules.map((rule) => rule.rulePriority)).size === one.rules.length, {
    message: "rulePriority must be unique",
  })
  .refine((one) => anyIsLast(one.rules), {
    message: "a rule for any tag status must be the only one, and last",
  });

/** A policy as ECR takes it. https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
export type LifecyclePolicy = z.infer<typeof policy>;
export type LifecycleRule = LifecyclePolicy["rules"][number];

/** @throws ServiceError InvalidParameterException when the text is no policy. */
export function parseLifecyclePolicy(text: string): LifecyclePolicy {
  const result = policy.safeParse(parsed(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new ServiceError(
    "InvalidParameterException",
    `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${where} ${issue?.message}'`,
  );
}

function listsOf(one: { readonly tagPrefixList?: unknown; readonly tagPatternList?: unknown }): number {
  return [one.tagPrefixList, one.tagPatternList].filter((list) => list !== undefined).length;
}

function anyIsLast(
  rules: readonly { readonly rulePriority: number; readonly selection: { readonly tagStatus: string } }[],
): boolean {
  const last = Math.max(...rules.map((rule) => rule.rulePriority));
  return rules.every((rule) => rule.selection.tagStatus !== "any" || rule.rulePriority === last);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
