import type { DescribeSecretResponse, Tag } from "@aws-sdk/client-secrets-manager";
import { type Problem, UserError } from "../../errors.ts";
import { address, type Block } from "../../terraform/block.ts";
import type { Import, Stack } from "../../terraform/stack.ts";
import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";

/** What bears our names and tags already although the state does not know it. */
export interface Found {
  /** To be taken into the state. */
  readonly imports: readonly Import[];
  /** Secrets that wait for their deletion; once restored they can be taken over as well. */
  readonly waiting: readonly WaitingSecret[];
}

export interface WaitingSecret {
  readonly address: string;
  readonly name: string;
}

/**
 * Looks for secrets of the stack that exist outside its state: `secrets set` makes one before the first `up`, and a destroyed
 * environment's wait a week for their deletion. Changes nothing.
 *
 * @throws UserError `name-taken` for one that bears the name but not our tags.
 */
export async function findUnmanaged(stack: Stack, managed: readonly string[], ports: Ports): Promise<Found> {
  const blocks = stack.blocks.filter((block) => isSecret(block) && !managed.includes(address(block)));
  const found = await Promise.all(blocks.map((block) => look(block, stack.provider.tags, ports)));
  const problems = found.flatMap((one) => (one?.kind === "foreign" ? [one.problem] : []));
  if (problems.length > 0) throw new UserError(problems);
  return {
    imports: found.flatMap((one) => (one?.kind === "ours" ? [one.import] : [])),
    waiting: found.flatMap((one) => (one?.kind === "waiting" ? [one.secret] : [])),
  };
}

/** Brings secrets back that wait for their deletion, with the values they had. */
export async function restoreSecrets(waiting: readonly WaitingSecret[], ports: Ports): Promise<void> {
  const secrets = await ports.aws.secrets();
  for (const { name } of waiting) await secrets.restoreSecret({ SecretId: name });
}

type Look =
  | { readonly kind: "ours"; readonly import: Import }
  | { readonly kind: "waiting"; readonly secret: WaitingSecret }
  | { readonly kind: "foreign"; readonly problem: Problem };

async function look(block: Block, tags: Stack["provider"]["tags"], ports: Ports): Promise<Look | undefined> {
  const name = String(block.args["name"]);
  const secret = await describeSecret(name, ports);
  if (secret?.ARN === undefined) return undefined;
  if (!bears(secret.Tags ?? [], tags)) return { kind: "foreign", problem: nameTaken(name) };
  const to = address(block);
  return secret.DeletedDate === undefined
    ? { kind: "ours", import: { to, id: secret.ARN } }
    : { kind: "waiting", secret: { address: to, name } };
}

async function describeSecret(name: string, ports: Ports): Promise<DescribeSecretResponse | undefined> {
  try {
    return await (await ports.aws.secrets()).describeSecret({ SecretId: name });
  } catch (error) {
    if (isErrorNamed(error, "ResourceNotFoundException")) return undefined;
    throw error;
  }
}

const identifying = ["Application", "Collection", "Environment", "ManagedBy"];

function bears(found: readonly Tag[], wanted: Stack["provider"]["tags"]): boolean {
  const values = new Map(found.map(({ Key = "", Value }) => [Key, Value]));
  return identifying.every((key) => values.get(key) === wanted[key]);
}

function isSecret(block: Block): boolean {
  return block.kind === "resource" && block.type === "aws_secretsmanager_secret";
}

function nameTaken(name: string): Problem {
  return {
    code: "name-taken",
    subject: name,
    message: "There is a secret of this name already that Freehold did not make (its tags are missing).",
    hint: "Look whose it is; rename or remove it, or tag it with Application, Collection, Environment and ManagedBy=freehold.",
  };
}
