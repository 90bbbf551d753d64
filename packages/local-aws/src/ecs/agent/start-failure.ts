/** A task cannot be started; the message is its `stoppedReason`, in the words of the ECS agent. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
  /** The container whose `reason` it is as well. */
  readonly container: string | undefined;

  constructor(reason: string, container?: string) {
    super(reason);
    this.container = container;
  }
}

/** What an error says. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim();
}
