import type { ContainerDefinition, ContainerOverride } from "@aws-sdk/client-ecs";
import { openLogStream } from "../logs/awslogs.ts";
import type { Shipper } from "../logs/shipper.ts";
import { metadataPath } from "../metadata/paths.ts";
import { resolveSecrets } from "../secrets/resolve.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";
import type { Task } from "../tasks/task.ts";
import { advance, changeContainer } from "../tasks/transitions.ts";
import { environmentOf } from "./environment.ts";
import { ensureImage, type Image } from "./images.ts";
import { change, nowOf, type World } from "./world.ts";

/** One container with all that must be fetched before it can start. */
export interface Supply {
  readonly definition: ContainerDefinition;
  readonly override: ContainerOverride | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly shipper: Shipper | undefined;
}

/** Fetches the secrets, makes the log streams and pulls the images of a task. @throws StartFailure */
export async function gatherSupplies(
  world: World,
  task: Task,
  definition: TaskDefinition,
): Promise<readonly Supply[]> {
  const role = task.overrides.taskRoleArn ?? definition.taskRoleArn;
  const credentialsPath = role === undefined ? undefined : world.credentials.give(task.id, role);
  const { aws, settings } = world.platform;
  const secrets = await Promise.all(definition.containers.map((one) => resolveSecrets(aws, one.secrets)));
  const shippers = await Promise.all(
    definition.containers.map((one) => openLogStream(world.platform, one, task.id)),
  );
  const images = await pullAll(world, task, definition);
  return definition.containers.map((container, index) => {
    const override = task.overrides.containerOverrides?.find(({ name }) => name === container.name);
    const environment = environmentOf({
      settings,
      definition: container,
      override,
      secrets: secrets[index] ?? {},
      imageVariables: images[index]?.variables ?? new Set(),
      metadataPath: metadataPath(task, container.name ?? ""),
      credentialsPath,
    });
    return { definition: container, override, environment, shipper: shippers[index] };
  });
}

async function pullAll(world: World, task: Task, { containers }: TaskDefinition): Promise<readonly Image[]> {
  await change(world, task.arn, (now) => advance(now, "PENDING", { pullStartedAt: nowOf(world) }));
  const images = await Promise.all(
    containers.map(async ({ name = "", image = "" }) => {
      const found = await ensureImage(world.platform.docker, image);
      await change(world, task.arn, (now) => changeContainer(now, name, { imageDigest: found.digest }));
      return found;
    }),
  );
  await change(world, task.arn, (now) => ({ ...now, pullStoppedAt: nowOf(world) }));
  return images;
}
