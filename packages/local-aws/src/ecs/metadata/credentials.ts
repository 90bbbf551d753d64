import { randomUUID } from "node:crypto";
import type { STS } from "@aws-sdk/client-sts";
import type { Clock } from "../../platform.ts";

/** What the credentials endpoint answers. */
interface RoleCredentials {
  readonly RoleArn: string;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
  /** ISO 8601. */
  readonly Expiration: string;
}

/** Credentials of tasks' roles, behind paths that only the task knows. */
export interface Credentials {
  /** The path at which a task's credentials are had. */
  give(taskId: string, roleArn: string): string;
  withdraw(taskId: string): void;
  /** Undefined where the task has no such path. Rejects when the role cannot be assumed. */
  read(taskId: string, path: string): Promise<RoleCredentials | undefined>;
}

interface Grant {
  readonly taskId: string;
  readonly roleArn: string;
  current: Promise<RoleCredentials> | undefined;
}

/** SDKs ask again five minutes before the end. */
const renewal = 10 * 60_000;

/** See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html. */
export function createCredentials(sts: STS, clock: Clock): Credentials {
  const grants = new Map<string, Grant>();
  return {
    give: (taskId, roleArn) => {
      const path = `/v2/credentials/${randomUUID()}`;
      grants.set(path, { taskId, roleArn, current: undefined });
      return path;
    },
    withdraw: (taskId) => {
      for (const [path, grant] of grants) if (grant.taskId === taskId) grants.delete(path);
    },
    read: async (taskId, path) => {
      const grant = grants.get(path);
      if (grant?.taskId !== taskId) return undefined;
      const known = await grant.current?.catch(() => undefined);
      if (known && Date.parse(known.Expiration) - clock.now().getTime() > renewal) return known;
      grant.current = assume(sts, grant);
      return grant.current;
    },
  };
}

async function assume(sts: STS, { roleArn, taskId }: Grant): Promise<RoleCredentials> {
  const { Credentials: given } = await sts.assumeRole({ RoleArn: roleArn, RoleSessionName: taskId });
  return {
    RoleArn: roleArn,
    AccessKeyId: given?.AccessKeyId ?? "",
    SecretAccessKey: given?.SecretAccessKey ?? "",
    Token: given?.SessionToken ?? "",
    Expiration: (given?.Expiration ?? new Date(0)).toISOString(),
  };
}
