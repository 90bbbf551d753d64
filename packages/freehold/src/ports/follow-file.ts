import { type FileHandle, open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";

export interface Following {
  /** Reads what is left, once nobody writes any more; a last line may lack its end. */
  end(): Promise<void>;
}

/** Events of file systems differ and get lost over networks; a look is cheap. */
const lookMilliseconds = 150;

/** Tells each line of a file as it is written by another process. */
export async function followFile(path: string, onLine: (line: string) => void): Promise<Following> {
  const file = await open(path, "r");
  const read = lineReader(file, onLine);
  let looking = Promise.resolve("");
  const timer = setInterval(() => {
    looking = looking.then(read);
    // Told by `end`.
    looking.catch(() => {});
  }, lookMilliseconds);
  return {
    end: async () => {
      clearInterval(timer);
      await looking;
      const rest = await read();
      if (rest !== "") onLine(rest);
      await file.close();
    },
  };
}

/** Reads to the end that the file has now; answers what is there of the next line. */
function lineReader(file: FileHandle, onLine: (line: string) => void): () => Promise<string> {
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(65_536);
  let position = 0;
  let rest = "";
  return async () => {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) return rest;
      position += bytesRead;
      const lines = (rest + decoder.write(buffer.subarray(0, bytesRead))).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    }
  };
}
