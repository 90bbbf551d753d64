/** A file to put into a container; owned by root. */
export interface TarFile {
  /** Absolute, at most 100 bytes long. */
  readonly path: string;
  readonly content: string;
  /** E.g. 0o644. */
  readonly mode: number;
}

/** A folder to make, or to give another owner and mode. */
export interface TarFolder {
  /** Absolute, at most 99 bytes long. */
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

const block = 512;

/** An archive as `putArchive` takes it, for the folder `/`. The format is POSIX ustar: a header of 512 bytes per entry. */
export function tarOf(entries: readonly (TarFile | TarFolder)[]): Buffer {
  return Buffer.concat([
    ...entries.flatMap((one) => ("content" in one ? file(one) : folder(one))),
    Buffer.alloc(2 * block),
  ]);
}

function file({ path, mode, content }: TarFile): readonly Buffer[] {
  const bytes = Buffer.from(content);
  const end = Buffer.alloc((block - (bytes.length % block)) % block);
  return [header({ path, mode, uid: 0, gid: 0, type: "0" }, bytes.length), bytes, end];
}

function folder(one: TarFolder): readonly Buffer[] {
  return [header({ ...one, path: `${one.path}/`, type: "5" }, 0)];
}

function header(
  { path, mode, uid, gid, type }: TarFolder & { readonly type: "0" | "5" },
  size: number,
): Buffer {
  const bytes = Buffer.alloc(block);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  bytes.write(path.replace(/^\//, ""), 0, 100);
  bytes.write(octal(mode, 7), 100);
  bytes.write(octal(uid, 7), 108);
  bytes.write(octal(gid, 7), 116);
  bytes.write(octal(size, 11), 124);
  bytes.write(octal(0, 11), 136);
  // The checksum is taken with its own field full of spaces.
  bytes.write("        ", 148);
  bytes.write(type, 156);
  bytes.write("ustar\x0000", 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}
