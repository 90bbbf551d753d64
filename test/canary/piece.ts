import { type Canary, findCanaries } from "./canaries.ts";
import { unfold } from "./unfold.ts";

/** Something that was written down or shown, and where. */
export interface Piece {
  readonly where: string;
  readonly content: Buffer;
}

/** A place where a secret must never be. */
export interface Place {
  readonly name: string;
  /** All that is there now, or has been there since the scene began. */
  read(): Promise<readonly Piece[]>;
  /** Puts a text there, in the way a mistake would. */
  plant(text: string): Promise<void>;
}

/** `where: name of the canary` for each that is found, however it is packed or written. */
export function leaks(pieces: readonly Piece[], canaries: readonly Canary[]): readonly string[] {
  const found = pieces.flatMap(({ where, content }) =>
    unfold(content).flatMap((bytes) => findCanaries(bytes, canaries).map((name) => `${where}: ${name}`)),
  );
  return [...new Set(found)];
}

export function piece(where: string, content: string | Buffer | unknown): Piece {
  if (Buffer.isBuffer(content)) return { where, content };
  return { where, content: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)) };
}
