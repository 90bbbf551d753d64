import * as z from "zod";
import { UserError } from "../errors.ts";
import type { Block } from "./block.ts";
import { type ChangedPath, changedPaths, holdsUnknown } from "./changed-paths.ts";

/** One thing that would change. Names only: no value of a plan is kept, for it may be a secret. */
export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: "create" | "update" | "replace" | "delete" | "forget" | "import";
  /** Names of the arguments that would change, sorted; empty for what is made or removed. */
  readonly changed: readonly string[];
  /** Arguments that AWS cannot change, which is why the thing would be replaced: `target.0.arn`. */
  readonly replacedFor: readonly string[];
  /** Terraform's own word for why, e.g. `delete_because_no_resource_config`. */
  readonly reason?: string;
  /** The thing exists outside the state and is taken into it, whatever else happens to it. */
  readonly isImport: boolean;
  /** Something that holds data or images would be lost. */
  readonly losesData: boolean;
}

export interface Plan {
  readonly changes: readonly Change[];
  /** Outputs would change, although perhaps no resource does: templates of tasks are outputs. */
  readonly outputsChange: boolean;
  /** Where in the outputs, their names first. */
  readonly outputs: readonly ChangedPath[];
}

/** Kinds of things that hold data or images. */
export const holdsData: ReadonlySet<string> = new Set([
  "aws_db_instance",
  "aws_dynamodb_table",
  "aws_ecr_repository",
  "aws_efs_file_system",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_sqs_queue",
]);

/** Making it was broken off: there is nothing in it yet. */
const brokenOff = "replace_because_tainted";

const actions = z.array(z.enum(["no-op", "create", "read", "update", "delete", "forget"]));

const resourceChange = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  action_reason: z.string().optional(),
  change: z.object({
    actions,
    before: z.unknown(),
    after: z.unknown(),
    after_unknown: z.unknown(),
    replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
    importing: z.unknown().optional(),
  }),
});

const outputChange = z.object({
  actions,
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
});

/** https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const planSchema = z.object({
  format_version: z.string().startsWith("1."),
  errored: z.boolean().optional(),
  resource_changes: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), outputChange).default({}),
});

type ResourceChange = z.infer<typeof resourceChange>;

/** Reads `terraform show -json` of a plan. Errors: UserError `unreadable-plan`, so that nothing is decided on half a plan. */
export function readPlan(json: unknown): Plan {
  const parsed = planSchema.safeParse(json);
  if (!parsed.success)
    throw unreadable("Terraform's plan has a form that Freehold does not know.", parsed.error);
  if (parsed.data.errored === true) throw unreadable("Terraform's plan is not complete.");
  const { resource_changes, output_changes } = parsed.data;
  const outputs = Object.entries(output_changes).filter(
    ([
      ,
      {
        actions: [action],
      },
    ]) => action !== "no-op",
  );
  return {
    changes: resource_changes
      .flatMap((one) => readChange(one))
      .sort((a, b) => (a.address < b.address ? -1 : 1)),
    outputsChange: outputs.length > 0,
    outputs: outputs.flatMap(([name, { before, after, after_unknown }]) =>
      changedPaths(before, after, after_unknown).map((path) => [name, ...path]),
    ),
  };
}

/** What making a stack from nothing would change, told from its blocks alone. */
export function creationOf(blocks: readonly Block[]): readonly Change[] {
  return blocks
    .filter((block) => block.kind === "resource")
    .map(({ type, name }) => ({
      address: `${type}.${name}`,
      type,
      action: "create" as const,
      changed: [],
      replacedFor: [],
      isImport: false,
      losesData: false,
    }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

function readChange(one: ResourceChange): readonly Change[] {
  const action = actionOf(one);
  const isImport = one.change.importing !== undefined && one.change.importing !== null;
  if (one.mode !== "managed" || (action === undefined && !isImport)) return [];
  const loses = action === "replace" || action === "delete";
  return [
    {
      address: one.address,
      type: one.type,
      action: action ?? "import",
      changed: action === "update" || action === "replace" ? changedArguments(one.change) : [],
      replacedFor: (one.change.replace_paths ?? []).map((path) => path.join(".")).sort(),
      ...(one.action_reason === undefined ? {} : { reason: one.action_reason }),
      isImport,
      losesData: loses && holdsData.has(one.type) && one.action_reason !== brokenOff,
    },
  ];
}

function actionOf({ change }: ResourceChange): Change["action"] | undefined {
  const [first, second] = change.actions;
  if (second !== undefined) return "replace";
  return first === "no-op" || first === "read" ? undefined : first;
}

function changedArguments(change: ResourceChange["change"]): readonly string[] {
  const before = asRecord(change.before);
  const after = asRecord(change.after);
  const unknown = asRecord(change.after_unknown);
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)]);
  const differs = (name: string) =>
    holdsUnknown(unknown[name]) || JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  return [...names].filter(differs).sort();
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function unreadable(message: string, cause?: unknown): UserError {
  return new UserError(
    {
      code: "unreadable-plan",
      subject: "terraform",
      message,
      hint: "Run `terraform version`; Freehold is tested with 1.11.",
    },
    { cause },
  );
}
