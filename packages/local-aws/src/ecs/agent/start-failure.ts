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

/** What an error says, without Docker's preamble. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^\(HTTP code \d+\) [^-]* - /, "").trim();
}
