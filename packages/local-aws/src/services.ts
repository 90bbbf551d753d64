import { createCloudFront } from "./cloudfront/service.ts";
import { createEcr } from "./ecr/service.ts";
import { createEcs } from "./ecs/service.ts";
import { createEfs } from "./efs/service.ts";
import { createElastiCache } from "./elasticache/service.ts";
import { createLoadBalancing } from "./elb/service.ts";
import { createIdentity } from "./moto/identity.ts";
import { motoSocket } from "./moto/moto.ts";
import type { Platform } from "./platform.ts";
import { createRds } from "./rds/service.ts";
import { createScheduler } from "./scheduler/service.ts";
import type { OwnService, TaskDoors } from "./service.ts";
import { askMotoForTags } from "./tagging/moto-tags.ts";
import { createTagging } from "./tagging/service.ts";

/** Our services, in the order in which they start and in which their planes are asked. */
export async function createServices(platform: Platform, doors: TaskDoors): Promise<readonly OwnService[]> {
  const services = await createTaggedServices(platform, doors);
  return [...services, createTagging(services, askMotoForTags(motoSocket(platform.settings)))];
}

async function createTaggedServices(platform: Platform, doors: TaskDoors): Promise<readonly OwnService[]> {
  const balancing = await createLoadBalancing(platform);
  return [
    ...(await createCloudFront(platform, balancing.router)),
    balancing,
    await createRds(platform),
    await createElastiCache(platform),
    await createEfs(platform),
    // After the databases, as tasks stop before them; before the registry, whose paths begin as those of credentials do.
    await createEcs(platform, doors),
    await createEcr(platform),
    await createScheduler(platform),
    createIdentity(platform.settings),
  ];
}
