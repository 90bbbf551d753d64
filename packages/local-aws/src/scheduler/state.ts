import type {
  ActionAfterCompletion,
  FlexibleTimeWindow,
  ScheduleState,
  Target,
} from "@aws-sdk/client-scheduler";

/** What the store keeps; schedules and groups by their ARN. Times are ISO 8601. */
export interface SchedulerState {
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly groups: Readonly<Record<string, Group>>;
}

export interface Schedule {
  readonly arn: string;
  readonly group: string;
  readonly name: string;
  readonly description?: string;
  readonly expression: string;
  readonly timezone: string;
  readonly state: ScheduleState;
  readonly start?: string;
  readonly end?: string;
  readonly window: FlexibleTimeWindow;
  readonly target: Target;
  readonly kmsKeyArn?: string;
  readonly afterCompletion: ActionAfterCompletion;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

export interface Group {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly tags: Readonly<Record<string, string>>;
}

export const emptyState: SchedulerState = { schedules: {}, groups: {} };
