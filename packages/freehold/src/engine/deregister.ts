import type { EnvironmentOutputs } from "../aws/outputs.ts";
import type { Ports } from "./ports.ts";

/** Deregisters and deletes every task definition that releases registered; Terraform knows only the placeholder. */
export async function deregisterFamilies(outputs: EnvironmentOutputs, ports: Ports): Promise<void> {
  const templates = [...Object.values(outputs.services), ...Object.values(outputs.databases)];
  for (const one of templates)
    await deregister("template" in one ? one.template.family : one.task.family, ports);
}

async function deregister(familyPrefix: string, ports: Ports): Promise<void> {
  const ecs = await ports.aws.ecs();
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecs.listTaskDefinitions({
      familyPrefix,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    arns.push(...(page.taskDefinitionArns ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  const own = arns.filter((arn) => arn.includes(`/${familyPrefix}:`));
  for (const taskDefinition of own) await ecs.deregisterTaskDefinition({ taskDefinition });
  for (let start = 0; start < own.length; start += 10) {
    await ecs.deleteTaskDefinitions({ taskDefinitions: own.slice(start, start + 10) });
  }
}
