import type { Stack } from "../../terraform/stack.ts";

export interface Destroyed {
  /** What stays on purpose, each with its reason. */
  readonly kept: readonly string[];
}

/** What stays on purpose when a stack is removed, each with its reason. */
export function keptOf({ blocks }: Stack, stateBucket: string): readonly string[] {
  const snapshots = blocks.flatMap(({ args }) =>
    typeof args["final_snapshot_identifier"] === "string" ? [args["final_snapshot_identifier"]] : [],
  );
  const secrets = blocks.flatMap(({ type, args }) =>
    type === "aws_secretsmanager_secret" && args["recovery_window_in_days"] !== 0
      ? [
          `${args["name"]} (deleted after ${args["recovery_window_in_days"] ?? 30} days; \`up\` brings it back)`,
        ]
      : [],
  );
  return [
    `state bucket ${stateBucket}, with earlier versions of the state`,
    ...snapshots.map((name) => `snapshot ${name}`),
    ...secrets.map((one) => `secret ${one}`),
  ];
}
