import { type Problem, UserError } from "../../errors.ts";
import { address, type Block } from "../../terraform/block.ts";
import type { Import, Stack } from "../../terraform/stack.ts";
import type { Ports } from "../ports.ts";
import { type Finding, findExisting } from "./existing/find-existing.ts";
import { finderOf } from "./existing/kinds.ts";
import type { StackContents } from "./state.ts";

/** What bears our names and tags already although the state does not know it. */
export interface Found {
  /** To be taken into the state. */
  readonly imports: readonly Import[];
  /** Addresses of those imports that AWS is still making: they have to be waited for. */
  readonly pending: readonly string[];
  /** Secrets that wait for their deletion; once restored they can be taken over as well. */
  readonly waiting: readonly WaitingSecret[];
  /** Security groups that are taken over and still have the rule that AWS gives to each new one. */
  readonly openGroups: readonly OpenGroup[];
}

export interface OpenGroup {
  readonly address: string;
  /** Ids in AWS. */
  readonly group: string;
  readonly rule: string;
}

export interface WaitingSecret {
  readonly address: string;
  readonly name: string;
}

export interface Unmanaged {
  readonly stack: Stack;
  readonly state: StackContents;
  /** An apply was broken off, so anything may exist; otherwise secrets alone can. */
  readonly isBrokenOff: boolean;
}

/**
 * Looks for things of the stack that exist outside its state. `secrets set` makes a secret before the first `up`, and a destroyed
 * environment's wait a week for their deletion; a Terraform that was killed leaves whatever it was making. Changes nothing.
 *
 * @throws UserError `name-taken` for what bears a name but not our tags; `found-twice`.
 */
export async function findUnmanaged({ stack, state, isBrokenOff }: Unmanaged, ports: Ports): Promise<Found> {
  const isSought = (block: Block) => (isBrokenOff ? finderOf(block.type) !== undefined : isSecret(block));
  const blocks = stack.blocks.filter(
    (block) => block.kind === "resource" && isSought(block) && !state.managed.includes(address(block)),
  );
  const findings = await findExisting({ stack, ids: state.ids, blocks }, ports);
  const foreign = findings.filter((one) => !one.isOurs);
  if (foreign.length > 0) throw new UserError(foreign.map(nameTaken));
  const there = findings.filter((one) => one.existing.isDeleted !== true);
  return {
    imports: there.map(({ block, existing }) => ({ to: address(block), id: existing.id })),
    pending: there.flatMap(({ block, existing }) => (existing.pending === undefined ? [] : [address(block)])),
    waiting: findings
      .filter((one) => one.existing.isDeleted === true)
      .map(({ block }) => ({ address: address(block), name: String(block.args["name"]) })),
    openGroups: there.flatMap(({ block, existing: { id: group, openRule: rule } }) =>
      rule === undefined ? [] : [{ address: address(block), group, rule }],
    ),
  };
}

/** Takes away what a Terraform that was killed right after it made a security group did not come to take away. */
export async function closeGroups(groups: readonly OpenGroup[], ports: Ports): Promise<void> {
  const ec2 = await ports.aws.ec2();
  for (const { group, rule } of groups)
    await ec2.revokeSecurityGroupEgress({ GroupId: group, SecurityGroupRuleIds: [rule] });
}

/** Brings secrets back that wait for their deletion, with the values they had. */
export async function restoreSecrets(waiting: readonly WaitingSecret[], ports: Ports): Promise<void> {
  const secrets = await ports.aws.secrets();
  for (const { name } of waiting) await secrets.restoreSecret({ SecretId: name });
}

function isSecret(block: Block): boolean {
  return block.type === "aws_secretsmanager_secret";
}

function nameTaken({ block, existing }: Finding): Problem {
  const name = block.args["name"] ?? block.args["identifier"] ?? block.args["bucket"];
  return {
    code: "name-taken",
    subject: typeof name === "string" ? name : existing.id,
    message: `${address(block)} cannot be made: one of this name exists that Freehold did not make (its tags are missing).`,
    hint: "Look whose it is; rename or remove it, or tag it with Application, Collection, Environment and ManagedBy=freehold.",
  };
}
