import { type Kind, presence } from "../kind.ts";

/** AWS Backup's rule for the backups that EFS makes by itself (https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html). */
const backupReason = "a backup of a volume; AWS Backup removes it 35 days after it was made";

/** Volumes, the doors to them, and what AWS Backup keeps of them. */
export const fileKinds: readonly Kind[] = [
  {
    noun: "file system",
    pattern: /^elasticfilesystem:file-system\/(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.efs()).describeFileSystems({ FileSystemId: id }), ({ FileSystems = [] }) =>
        FileSystems.some((one) => one.LifeCycleState !== "deleting"),
      ),
    wayOut: ({ id }) => `aws efs delete-file-system --file-system-id ${id}`,
  },
  {
    noun: "access point",
    pattern: /^elasticfilesystem:access-point\/(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.efs()).describeAccessPoints({ AccessPointId: id }), ({ AccessPoints = [] }) =>
        AccessPoints.some((one) => one.LifeCycleState !== "deleting"),
      ),
    remove: async ({ id }, aws) => (await aws.efs()).deleteAccessPoint({ AccessPointId: id }),
  },
  {
    noun: "backup",
    pattern: /^backup:recovery-point:(.+)$/,
    // It bears the tags of what it is a copy of, and outlives it.
    look: async () => ({ kind: "kept", reason: backupReason }),
  },
];
