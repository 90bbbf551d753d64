/**
 * Lets a verb go on when nobody reads what it says any more, as behind `| head`: what it changes is not broken off halfway, and
 * its exit code tells how it ended.
 *
 * @param streams what is printed into.
 */
export function outliveReaders(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams)
    stream.on("error", (error) => {
      if (!isReaderGone(error)) throw error;
    });
}

/** Aborted once nobody reads the stream: for what is done only to be read. */
export function readerGone(stream: NodeJS.WriteStream): AbortSignal {
  const gone = new AbortController();
  stream.once("error", () => gone.abort());
  return gone.signal;
}

/** https://man7.org/linux/man-pages/man2/write.2.html */
function isReaderGone(error: Error): boolean {
  return "code" in error && error.code === "EPIPE";
}
