import type { EnvironmentKind } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import type { Ref } from "../terraform/expression.ts";
import { nameOf } from "./names.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";

export interface LogGroup {
  readonly blocks: readonly Block[];
  readonly name: Ref;
  readonly arn: Ref;
}

const retentionDays: Readonly<Record<EnvironmentKind, number>> = { preview: 7, staging: 30, production: 90 };

/** Days that log lines are kept. */
export function retentionOf({ environment }: EnvironmentScope): number {
  return retentionDays[environment.kind];
}

/** What the containers of a service or of a database's tasks write. */
export function logGroup(scope: EnvironmentScope, owner: string): LogGroup {
  const group = resource("aws_cloudwatch_log_group", terraformName(owner), {
    name: `/freehold/${nameOf("logGroup", within(scope, owner))}`,
    retention_in_days: retentionOf(scope),
    tags: serviceTags(owner),
  });
  return { blocks: [group], name: ref(group, "name"), arn: ref(group, "arn") };
}
