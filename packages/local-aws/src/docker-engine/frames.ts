/** A piece of a container's output. */
export interface Frame {
  readonly source: "stdout" | "stderr";
  readonly bytes: Buffer;
}

/**
 * Reads the output of a container without a terminal: before each piece come eight bytes, the stream in the first and the
 * length in the last four. See https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerAttach.
 */
export async function* framesIn(stream: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 8 && rest.length >= 8 + rest.readUInt32BE(4)) {
      const end = 8 + rest.readUInt32BE(4);
      yield { source: rest[0] === 2 ? "stderr" : "stdout", bytes: rest.subarray(8, end) };
      rest = rest.subarray(end);
    }
  }
}
