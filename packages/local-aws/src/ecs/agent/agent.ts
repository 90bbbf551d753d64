import { tellToStop } from "../tasks/transitions.ts";
import { liveTask } from "./life.ts";
import { change, nowOf, type World } from "./world.ts";

/** Runs tasks that the state holds. */
export interface Agent {
  launch(taskArn: string): void;
  /** The task's desired status is STOPPED already; this carries it out. */
  stop(taskArn: string): void;
  /** Stops every task without waiting for drains; resolves when none is left. */
  close(): Promise<void>;
}

interface Life {
  readonly stop: AbortController;
  readonly hurry: AbortController;
  readonly over: Promise<void>;
}

export function createAgent(world: World): Agent {
  const lives = new Map<string, Life>();
  return {
    launch: (arn) => {
      const stop = new AbortController();
      const hurry = new AbortController();
      const wishes = { stop: stop.signal, hurry: hurry.signal };
      const over = liveTask(world, arn, wishes).finally(() => lives.delete(arn));
      lives.set(arn, { stop, hurry, over });
    },
    stop: (arn) => lives.get(arn)?.stop.abort(),
    close: async () => {
      const reason = { code: "TerminationNotice" as const, reason: "local-aws stopped." };
      await Promise.all(
        [...lives].map(async ([arn, life]) => {
          await change(world, arn, (task) => tellToStop(task, reason, nowOf(world)));
          life.hurry.abort();
          life.stop.abort();
          await life.over;
        }),
      );
    },
  };
}
