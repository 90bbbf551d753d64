/** A range of IPv4 addresses as numbers: the first, and how many. */
export interface AddressRange {
  readonly first: number;
  readonly size: number;
}

/** Reads `10.0.0.0/16`; undefined where it is none. */
export function parseRange(cidr: string): AddressRange | undefined {
  const [, address = "", bits = ""] = /^((?:\d{1,3}\.){3}\d{1,3})\/(\d{1,2})$/.exec(cidr) ?? [];
  const parts = address.split(".").map(Number);
  if (address === "" || Number(bits) > 32 || parts.some((part) => part > 255)) return undefined;
  return { first: parts.reduce((sum, part) => sum * 256 + part, 0), size: 2 ** (32 - Number(bits)) };
}

export function overlap(a: AddressRange, b: AddressRange): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size;
}

/** The whole range that an address lies in, told by its first address: AWS keeps that alone. */
export function wholeRange({ first, size }: AddressRange): string {
  const start = Math.floor(first / size) * size;
  const address = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".");
  return `${address}/${32 - Math.log2(size)}`;
}
