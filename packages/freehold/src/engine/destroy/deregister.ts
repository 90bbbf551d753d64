import type { TaskDefinitionStatus } from "@aws-sdk/client-ecs";
import type { Ports } from "../ports.ts";

/**
 * Deregisters and deletes every revision of these families: releases register them, and Terraform knows only a placeholder.
 * Can be run again (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskDefinitions.html).
 */
export async function deregisterFamilies(families: readonly string[], ports: Ports): Promise<void> {
  const ecs = await ports.aws.ecs();
  for (const family of new Set(families)) {
    for (const taskDefinition of await revisionsOf(family, "ACTIVE", ports))
      await ecs.deregisterTaskDefinition({ taskDefinition });
    const inactive = await revisionsOf(family, "INACTIVE", ports);
    for (let start = 0; start < inactive.length; start += 10)
      await ecs.deleteTaskDefinitions({ taskDefinitions: inactive.slice(start, start + 10) });
  }
}

async function revisionsOf(
  family: string,
  status: TaskDefinitionStatus,
  ports: Ports,
): Promise<readonly string[]> {
  const ecs = await ports.aws.ecs();
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const token = nextToken === undefined ? {} : { nextToken };
    const page = await ecs.listTaskDefinitions({ familyPrefix: family, status, ...token });
    arns.push(...(page.taskDefinitionArns ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  // The API calls it a prefix although it says "full family name"; ours end in a hash, yet nothing else may go.
  return arns.filter((arn) => arn.includes(`/${family}:`));
}

/** Every `family` in a stack's outputs, as they are rendered or as a state holds them. */
export function familiesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === "family" && typeof one === "string" ? [one] : familiesIn(one),
  );
}
