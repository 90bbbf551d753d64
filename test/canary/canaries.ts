/** A secret value that must be found nowhere. */
export interface Canary {
  /** What it is: `vault-default-dev-db.password`. */
  readonly name: string;
  readonly value: string;
}

/** Names of the canaries whose value is among these bytes, as it is or written in another way. */
export function findCanaries(content: Buffer, canaries: readonly Canary[]): readonly string[] {
  return canaries
    .filter(({ value }) => formsOf(value).some((form) => content.includes(form)))
    .map(({ name }) => name);
}

/** How a text may be written: plain, in a URL, in JSON, in hexadecimal, and in Base64 after any number of bytes. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const plain = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), bytes.toString("hex")];
  const base64 = [0, 1, 2].map((before) => alignedBase64(bytes, before));
  return [...new Set([...plain, ...base64])];
}

/** The characters of Base64 that depend on the value alone when so many bytes stand before it. */
function alignedBase64(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor(((before + bytes.length) * 8) / 6);
  return text.slice(first, last);
}
