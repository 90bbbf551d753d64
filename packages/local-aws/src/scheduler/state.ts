/** What the scheduler keeps; all of it JSON. */
export interface SchedulerState {
  /** By `<group>/<name>`. */
  readonly schedules: Readonly<Record<string, StoredSchedule>>;
  readonly groups: Readonly<Record<string, StoredGroup>>;
}

export interface StoredSchedule {
  readonly group: string;
  readonly name: string;
  /** Members as CreateSchedule takes them, but for names and dates. */
  readonly settings: ScheduleSettings;
  /** ISO 8601, as all dates here. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

export interface ScheduleSettings {
  readonly Description?: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone: string;
  readonly State: "ENABLED" | "DISABLED";
  readonly FlexibleTimeWindow: { readonly Mode: string; readonly MaximumWindowInMinutes?: number };
  readonly ActionAfterCompletion: string;
  readonly KmsKeyArn?: string;
  readonly Target: ScheduleTarget;
}

export interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly RetryPolicy?: {
    readonly MaximumEventAgeInSeconds?: number;
    readonly MaximumRetryAttempts?: number;
  };
  readonly EcsParameters?: EcsParameters;
  readonly SqsParameters?: { readonly MessageGroupId?: string };
}

export interface EcsParameters {
  readonly TaskDefinitionArn: string;
  readonly TaskCount?: number;
  readonly LaunchType?: "EC2" | "EXTERNAL" | "FARGATE";
  readonly CapacityProviderStrategy?: readonly {
    readonly capacityProvider: string;
    readonly weight?: number;
    readonly base?: number;
  }[];
  readonly NetworkConfiguration?: {
    readonly awsvpcConfiguration?: {
      readonly Subnets: readonly string[];
      readonly SecurityGroups?: readonly string[];
      readonly AssignPublicIp?: "ENABLED" | "DISABLED";
    };
  };
  readonly PlatformVersion?: string;
  readonly Group?: string;
  readonly PropagateTags?: "TASK_DEFINITION";
  readonly ReferenceId?: string;
  readonly Tags?: readonly Readonly<Record<string, string>>[];
  readonly EnableECSManagedTags?: boolean;
  readonly EnableExecuteCommand?: boolean;
}

export interface StoredGroup {
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** The group `default` is there from the beginning. */
export function emptyState(now: string): SchedulerState {
  return { schedules: {}, groups: { default: { tags: {}, createdAt: now, modifiedAt: now } } };
}
