import { type Find, tagsOf, textOf, unlessAbsent } from "./sought.ts";

export const role: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const asked = (await ports.aws.iam()).getRole({ RoleName: id });
  const found = (await unlessAbsent(asked, "NoSuchEntityException"))?.Role;
  return found && { id, tags: tagsOf(found.Tags) };
};

export const scheduleGroup: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const scheduler = await ports.aws.scheduler();
  const asked = scheduler.getScheduleGroup({ Name: id });
  const ResourceArn = (await unlessAbsent(asked, "ResourceNotFoundException"))?.Arn;
  if (ResourceArn === undefined) return undefined;
  return { id, tags: tagsOf((await scheduler.listTagsForResource({ ResourceArn })).Tags) };
};

/** Bears no tags; part of its group. */
export const schedule: Find = async (sought, ports) => {
  const Name = textOf(sought, "name") ?? "";
  const GroupName = await sought.idOf("group_name");
  if (GroupName === undefined) return undefined;
  const asked = (await ports.aws.scheduler()).getSchedule({ Name, GroupName });
  const found = await unlessAbsent(asked, "ResourceNotFoundException");
  return found && { id: `${GroupName}/${Name}` };
};
