import type { Facts } from "../iam/calls/call.ts";
import type { AwsClients, Platform } from "../platform.ts";

/** Names of resources, as the services themselves know them. */
export function askedOf({ aws }: Pick<Platform, "aws">): Facts {
  return {
    secretArn: async (id) => (await unlessRefused(aws.secrets.describeSecret({ SecretId: id })))?.ARN,
    rolesOf: (taskDefinition) => rolesOf(aws, taskDefinition),
  };
}

async function rolesOf({ ecs }: AwsClients, taskDefinition: string): Promise<readonly string[]> {
  const found = await unlessRefused(ecs.describeTaskDefinition({ taskDefinition }));
  const { taskRoleArn, executionRoleArn } = found?.taskDefinition ?? {};
  return [taskRoleArn, executionRoleArn].filter((role) => role !== undefined);
}

/** What a service does not know has no name. */
async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && "$fault" in error && error.$fault === "client") return undefined;
    throw error;
  }
}
