/* Messages of the DNS, as far as names of hosts need them: https://www.rfc-editor.org/rfc/rfc1035#section-4. */

export interface Question {
  /** In small letters, without the last dot. */
  readonly name: string;
  /** 1 is A, an IPv4 address. */
  readonly type: number;
  /** Bytes of the message up to the question's end. */
  readonly length: number;
}

const headerLength = 12;

/** The first question of a query; undefined when it is not one. */
export function questionOf(message: Buffer): Question | undefined {
  const labels: string[] = [];
  let at = headerLength;
  if (message.length < headerLength || message.readUInt16BE(4) < 1) return undefined;
  for (;;) {
    const size = message[at];
    if (size === undefined || size > 63 || at + size + 5 > message.length) return undefined;
    if (size === 0) break;
    labels.push(message.toString("latin1", at + 1, at + 1 + size).toLowerCase());
    at += 1 + size;
  }
  return { name: labels.join("."), type: message.readUInt16BE(at + 1), length: at + 5 };
}

/** An authoritative answer: addresses, none, or (undefined) that there is no such name. */
export function answerTo(
  query: Buffer,
  { length }: Question,
  addresses: readonly string[] | undefined,
  seconds: number,
): Buffer {
  const head = Buffer.from(query.subarray(0, length));
  const isRecursionDesired = (head.readUInt8(2) & 1) === 1;
  // QR and AA, then RA; a name that is not there is code 3.
  head.writeUInt8(0x84 | (isRecursionDesired ? 1 : 0), 2);
  head.writeUInt8(0x80 | (addresses === undefined ? 3 : 0), 3);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(addresses?.length ?? 0, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...(addresses ?? []).map((address) => record(address, seconds))]);
}

/** An A record of the name asked for, which stands right behind the header. */
function record(address: string, seconds: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16BE(0xc000 | headerLength, 0);
  bytes.writeUInt16BE(1, 2);
  bytes.writeUInt16BE(1, 4);
  bytes.writeUInt32BE(seconds, 6);
  bytes.writeUInt16BE(4, 10);
  bytes.set(address.split(".").map(Number), 12);
  return bytes;
}
