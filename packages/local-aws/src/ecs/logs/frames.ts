/** One line of a container's output. */
export interface LogLine {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

export interface LineReader {
  /** Takes bytes as Docker sends them; answers the lines that are complete. */
  read(chunk: Buffer): readonly LogLine[];
  /** What is left without a line's end when the output is over. */
  end(): readonly LogLine[];
}

/**
 * Reads `GET /containers/{id}/logs?timestamps=true`: frames of an 8-byte header (stream, length) and a payload. Docker
 * cuts long lines into several frames, each with its timestamp; a frame that ends in a newline ends the line.
 * See https://docs.docker.com/reference/api/engine/version/v1.47/#tag/Container/operation/ContainerAttach.
 */
export function createLineReader(): LineReader {
  let bytes = Buffer.alloc(0);
  const open = new Map<number, LogLine>();
  return {
    read: (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      const lines: LogLine[] = [];
      while (bytes.length >= 8 && bytes.length >= 8 + bytes.readUInt32BE(4)) {
        const end = 8 + bytes.readUInt32BE(4);
        const line = join(open, bytes.readUInt8(0), bytes.toString("utf8", 8, end));
        if (line !== undefined) lines.push(line);
        bytes = bytes.subarray(end);
      }
      return lines;
    },
    end: () => [...open.values()],
  };
}

/** Adds a frame to the open line of its stream; answers the line once it has ended. */
function join(open: Map<number, LogLine>, stream: number, payload: string): LogLine | undefined {
  const space = payload.indexOf(" ");
  const before = open.get(stream);
  const timestamp = before?.timestamp ?? Date.parse(payload.slice(0, space));
  const message = (before?.message ?? "") + payload.slice(space + 1);
  if (!message.endsWith("\n")) {
    open.set(stream, { timestamp, message });
    return undefined;
  }
  open.delete(stream);
  return { timestamp, message: message.replace(/\r?\n$/, "") };
}
