import type { StoppedTask } from "./stopped-task.ts";

/** Why a task stopped that should not have. */
export type StopCause =
  | { readonly kind: "image"; readonly task: StoppedTask }
  | { readonly kind: "secret"; readonly task: StoppedTask }
  | { readonly kind: "memory"; readonly task: StoppedTask }
  | { readonly kind: "health"; readonly task: StoppedTask }
  | { readonly kind: "capacity"; readonly task: StoppedTask }
  /** The container cannot even be started: it never ran. */
  | { readonly kind: "container"; readonly task: StoppedTask }
  | { readonly kind: "start"; readonly task: StoppedTask }
  | { readonly kind: "exit"; readonly task: StoppedTask; readonly exitCode: number };

/** What ECS writes, in the order it is looked for: a task that lacks room may have more to say. */
const words: readonly (readonly [Exclude<StopCause["kind"], "exit" | "start">, RegExp])[] = [
  ["image", /CannotPull|ImagePull|registry auth from|ecr registry auth/],
  ["secret", /ResourceInitializationError.{0,1000}secret/i],
  ["memory", /OutOfMemory/],
  ["health", /failed (ELB|container) health checks/i],
  ["capacity", /Capacity is unavailable|RESOURCE:/],
  ["container", /Cannot(Start|Create)ContainerError/],
];

/**
 * Undefined for a task that was stopped because it was no longer wanted. Reasons are ECS's own
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html).
 */
export function stopCause(task: StoppedTask): StopCause | undefined {
  const reasons = [task.reason, ...task.containers.map((one) => one.reason ?? "")].join("\n");
  const [kind] = words.find(([, pattern]) => pattern.test(reasons)) ?? [];
  if (kind !== undefined) return { kind, task };
  if (task.code === "TaskFailedToStart") return { kind: "start", task };
  const ended = task.containers.find((one) => one.exitCode !== undefined);
  if (task.code !== "EssentialContainerExited" || ended?.exitCode === undefined) return undefined;
  return { kind: "exit", task, exitCode: ended.exitCode };
}

/** Whose task it was. */
export interface StopSubject {
  /** The service's name in the file. */
  readonly service: string;
  /** MiB the task had. */
  readonly memory?: number;
}

/** A cause in the reader's words: what happened, and the way out. */
export interface Explanation {
  readonly message: string;
  readonly hint: string;
}

export function explainStop(subject: StopSubject, cause: StopCause): Explanation {
  switch (cause.kind) {
    case "image":
      return {
        message: `The image cannot be pulled: ${detailOf(cause.task)}`,
        hint: "`freehold up` pushes what is missing. Where the registry cannot be reached, look at the collection's way out of its network.",
      };
    case "secret":
      return explainSecret(cause.task);
    case "memory":
      return explainMemory(subject);
    case "health":
      return explainHealth(subject, cause.task);
    case "capacity":
      return {
        message: `AWS has no room for its task: ${detailOf(cause.task)}`,
        hint: "Try again later; a smaller task finds room sooner.",
      };
    case "container":
      return {
        message: `Its container cannot be started: ${detailOf(cause.task)}`,
        hint: `Look at the command: services.${subject.service}.command, or what the image says.`,
      };
    case "start":
      return { message: `Its task cannot start: ${detailOf(cause.task)}`, hint: "See `freehold status`." };
    case "exit":
      return {
        message: `It ended with ${explainExitCode(cause.exitCode)}.`,
        hint: `\`freehold logs ${subject.service}\` has more of what it said.`,
      };
  }
}

/** The load balancer asks at an address, a container's own check is a command run inside it. */
function explainHealth({ service }: StopSubject, task: StoppedTask): Explanation {
  const detail = detailOf(task);
  const hint = /container health checks/i.test(detail)
    ? `The check is the command of services.${service}.healthcheck, run in the container.`
    : `It has to listen on all addresses (0.0.0.0); the check is services.${service}.x-freehold.health.`;
  return { message: `It runs, but does not pass its health check: ${detail}`, hint };
}

function explainMemory({ service, memory }: StopSubject): Explanation {
  const had = memory === undefined ? "it may have" : `the ${memory} MiB it may have`;
  const more = memory === undefined ? "" : `: ${memory * 2}m`;
  return {
    message: `It needs more memory than ${had}, and was killed.`,
    hint: `Give it more: services.${service}.deploy.resources.limits.memory${more}`,
  };
}

/** `valueFrom` is `<arn of seven parts>:<json key>:<stage>:<version>`. */
function explainSecret(task: StoppedTask): Explanation {
  const detail = detailOf(task);
  const asked = /fetch secret (\S+) from/.exec(detail)?.[1]?.split(":")[7];
  const name = asked ?? /did not contain json key (\S+)/.exec(detail)?.[1] ?? "";
  const why = /from secrets manager: (.*)$/s.exec(detail)?.[1] ?? detail;
  return {
    message: name === "" ? `A secret cannot be read: ${why}` : `The secret ${name} cannot be read: ${why}`,
    hint: "`freehold secrets ls` shows what is set, `freehold secrets set` sets it; what Freehold makes itself comes back with `freehold up`.",
  };
}

/** Codes that say more than their number: https://tldp.org/LDP/abs/html/exitcodes.html. */
const exitCodes: Readonly<Record<number, string>> = {
  126: "its command may not be executed",
  127: "its command was not found",
  134: "aborted",
  137: "killed",
  139: "crashed: it touched memory that is not its own",
  143: "it was told to stop",
};

export function explainExitCode(code: number): string {
  const more = exitCodes[code];
  return more === undefined ? `exit code ${code}` : `exit code ${code} (${more})`;
}

export function detailOf(task: StoppedTask): string {
  const container = task.containers.find((one) => one.reason !== undefined && one.reason !== "");
  return container?.reason ?? task.reason;
}
