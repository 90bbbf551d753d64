import type { CacheOutputs, EnvironmentOutputs } from "../../aws/outputs.ts";
import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import type { StepReport } from "../step.ts";
import type { Filled } from "./passwords.ts";
import { labelsOf, moveLabel, newPassword, readSecret, writeSecret } from "./store.ts";
import type { Secret } from "./value.ts";

/** On the version of the token that the cache itself holds: without it, the cache must still be told. */
const appliedLabel = "applied";

const pollMilliseconds = 5_000;
/** A change of the token rolls through every node of the group. */
const patienceMilliseconds = 30 * 60_000;

/**
 * Gives each cache a token, in its secret first and then on the cache itself: ROTATE adds it, SET makes it the only way in
 * (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html#auth-modifyng). Terraform cannot do this without the
 * token in its state.
 */
export async function cacheCredentials(
  outputs: EnvironmentOutputs,
  report: StepReport,
  ports: Ports,
): Promise<Filled> {
  const passwords = new Map<string, Secret>();
  let written = 0;
  for (const [name, cache] of tokenCaches(outputs)) {
    const stored = await readSecret(cache.token_secret_arn, ports);
    const { value, versionId } = stored ?? (await newToken(cache, ports));
    if (stored === undefined) written += 1;
    passwords.set(name, value);
    if (await isApplied(cache, versionId, ports)) continue;
    for (const strategy of ["ROTATE", "SET"] as const) {
      report.progress(`telling ${name} its token (${strategy})`);
      await setToken(cache, value, strategy, ports);
    }
    await moveLabel(cache.token_secret_arn, appliedLabel, versionId, ports);
  }
  return { passwords, written };
}

type TokenCache = CacheOutputs & { readonly token_secret_arn: string; readonly replication_group_id: string };

function tokenCaches({ caches }: EnvironmentOutputs): readonly (readonly [string, TokenCache])[] {
  return Object.entries(caches).flatMap(([name, cache]) => {
    const { token_secret_arn, replication_group_id } = cache;
    return token_secret_arn === null || replication_group_id === null
      ? []
      : [[name, { ...cache, token_secret_arn, replication_group_id }] as const];
  });
}

async function newToken(
  cache: TokenCache,
  ports: Ports,
): Promise<{ readonly value: Secret; readonly versionId: string }> {
  const value = await newPassword(ports);
  return { value, versionId: await writeSecret(cache.token_secret_arn, value, ports) };
}

async function isApplied(cache: TokenCache, versionId: string, ports: Ports): Promise<boolean> {
  const labels = await labelsOf(cache.token_secret_arn, ports);
  return labels[versionId]?.includes(appliedLabel) === true && (await groupState(cache, ports)).hasToken;
}

async function setToken(
  cache: TokenCache,
  token: Secret,
  strategy: "ROTATE" | "SET",
  ports: Ports,
): Promise<void> {
  await untilAvailable(cache, ports);
  const elasticache = await ports.aws.elasticache();
  await elasticache.modifyReplicationGroup({
    ReplicationGroupId: cache.replication_group_id,
    AuthToken: token.reveal(),
    AuthTokenUpdateStrategy: strategy,
    ApplyImmediately: true,
  });
  await untilAvailable(cache, ports);
}

async function untilAvailable(cache: TokenCache, ports: Ports): Promise<void> {
  const deadline = ports.clock.now().getTime() + patienceMilliseconds;
  for (;;) {
    const state = await groupState(cache, ports);
    if (state.isSettled) return;
    if (ports.clock.now().getTime() > deadline) throw neverSettled(cache, state.status);
    await ports.clock.sleep(pollMilliseconds);
  }
}

function neverSettled(cache: TokenCache, status: string): UserError {
  return new UserError(
    {
      code: "cache-not-available",
      subject: cache.replication_group_id,
      message: `The cache ${cache.replication_group_id} is still ${status} after ${patienceMilliseconds / 60_000} minutes.`,
      hint: "Look at its events in ElastiCache, then run this again.",
    },
    { exitCode: 75 },
  );
}

interface GroupState {
  readonly status: string;
  readonly isSettled: boolean;
  readonly hasToken: boolean;
}

async function groupState(cache: TokenCache, ports: Ports): Promise<GroupState> {
  const elasticache = await ports.aws.elasticache();
  const { ReplicationGroups = [] } = await elasticache.describeReplicationGroups({
    ReplicationGroupId: cache.replication_group_id,
  });
  const [group] = ReplicationGroups;
  const status = group?.Status ?? "unknown";
  const isPending = group?.PendingModifiedValues?.AuthTokenStatus !== undefined;
  return {
    status,
    isSettled: status === "available" && !isPending,
    hasToken: group?.AuthTokenEnabled === true,
  };
}
