import type { AwsPort } from "../../ports.ts";
import { type Kind, presence } from "../kind.ts";

/** What stands around the containers: roles, logs, schedules. */
export const surroundingKinds: readonly Kind[] = [
  {
    noun: "role",
    pattern: /^iam:role\/(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.iam()).getRole({ RoleName: id }), ({ Role }) => Role !== undefined),
    remove: ({ id }, aws) => removeRole(id, aws),
  },
  {
    noun: "log group",
    pattern: /^logs:log-group:([^:]+)(?::\*)?$/,
    look: async ({ id }, aws) =>
      presence((await aws.logs()).describeLogGroups({ logGroupNamePrefix: id }), ({ logGroups = [] }) =>
        logGroups.some((one) => one.logGroupName === id),
      ),
    remove: async ({ id }, aws) => (await aws.logs()).deleteLogGroup({ logGroupName: id }),
  },
  {
    noun: "schedule",
    pattern: /^scheduler:schedule\/(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.scheduler()).getSchedule(scheduleOf(id)), ({ Name }) => Name !== undefined),
    remove: async ({ id }, aws) => (await aws.scheduler()).deleteSchedule(scheduleOf(id)),
  },
  {
    noun: "schedule group",
    pattern: /^scheduler:schedule-group\/(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.scheduler()).getScheduleGroup({ Name: id }), ({ State }) => State !== "DELETING"),
    remove: async ({ id }, aws) => (await aws.scheduler()).deleteScheduleGroup({ Name: id }),
  },
];

function scheduleOf(id: string): { readonly GroupName: string; readonly Name: string } {
  const [GroupName = "", Name = ""] = id.split("/");
  return { GroupName, Name };
}

/** IAM deletes a role only when nothing hangs on it. */
async function removeRole(RoleName: string, aws: AwsPort): Promise<unknown> {
  const iam = await aws.iam();
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({ RoleName, PolicyName });
  const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName });
  for (const { PolicyArn } of AttachedPolicies) await iam.detachRolePolicy({ RoleName, PolicyArn });
  return iam.deleteRole({ RoleName });
}
