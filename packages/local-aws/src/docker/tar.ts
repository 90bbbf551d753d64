/** A file to put into a container; owned by root. */
export interface TarFile {
  /** Absolute, at most 100 bytes long. */
  readonly path: string;
  readonly content: string;
  /** E.g. 0o644. */
  readonly mode: number;
}

const block = 512;

/** An archive as `putArchive` takes it, for the folder `/`. The format is POSIX ustar: a header of 512 bytes per file. */
export function tarOf(files: readonly TarFile[]): Buffer {
  const entries = files.flatMap((file) => {
    const content = Buffer.from(file.content);
    return [header(file, content.length), content, Buffer.alloc((block - (content.length % block)) % block)];
  });
  return Buffer.concat([...entries, Buffer.alloc(2 * block)]);
}

function header({ path, mode }: TarFile, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  bytes.write(path.replace(/^\//, ""), 0, 100);
  bytes.write(octal(mode, 7), 100);
  bytes.write(octal(0, 7), 108);
  bytes.write(octal(0, 7), 116);
  bytes.write(octal(size, 11), 124);
  bytes.write(octal(0, 11), 136);
  // The checksum is taken with its own field full of spaces.
  bytes.write("        ", 148);
  bytes.write("0", 156);
  bytes.write("ustar\x0000", 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}
