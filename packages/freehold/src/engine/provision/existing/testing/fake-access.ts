import { found, Items, type World } from "./world.ts";

export function iam({ named }: World) {
  return {
    getRole: ({ RoleName }: { RoleName: string }) => ({
      Role: { Tags: Items(found(named("aws_iam_role", RoleName), "NoSuchEntityException").tags) },
    }),
  };
}

export function scheduler({ named, tagsOf }: World) {
  return {
    getScheduleGroup: ({ Name }: { Name: string }) => ({
      Arn: found(named("aws_scheduler_schedule_group", Name), "ResourceNotFoundException").id,
    }),
    getSchedule: ({ Name }: { Name: string }) =>
      found(named("aws_scheduler_schedule", Name), "ResourceNotFoundException"),
    listTagsForResource: ({ ResourceArn }: { ResourceArn: string }) => ({ Tags: Items(tagsOf(ResourceArn)) }),
  };
}
