import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Web } from "../app/application.ts";

/** Rules of a listener that one environment owns. */
const blockSize = 100;

/** Slots for paths of so many segments or more; only a path with more segments can lie within another. */
const bands = [
  { segments: 4, from: 0, to: 19 },
  { segments: 3, from: 20, to: 39 },
  { segments: 2, from: 40, to: 64 },
  { segments: 1, from: 65, to: 98 },
  { segments: 0, from: 99, to: 99 },
] as const;

/**
 * The priority of each web service's rule within the environment's block, deeper paths first. A service keeps its place
 * when others come and go, wherever their names do not fall on one slot: AWS refuses a priority that is still taken, so
 * rules that move up together could not be changed one by one.
 */
export function rulePriorities(block: number, services: readonly Web[]): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  const byDepth = [...services].sort((a, b) => depth(b.path) - depth(a.path) || compare(a.name, b.name));
  const placed = byDepth.map((service) => [service.name, block * blockSize + place(service, taken)] as const);
  return new Map(placed);
}

function place({ name, path }: Web, taken: Set<number>): number {
  const { from, to } = bands.find((band) => depth(path) >= band.segments) ?? bands[4];
  const size = to - from + 1;
  // Four and more segments share a band, where the deepest must stay first: they fill it in order.
  const start = depth(path) > 3 ? 0 : hash(name) % size;
  const slots = Array.from({ length: size }, (_, step) => from + ((start + step) % size));
  const slot = slots.find((one) => !taken.has(one)) ?? to;
  taken.add(slot);
  return slot;
}

/** Segments of a path: none in `/`, two in `/api/v1`. */
export function depth(path: string): number {
  return path.split("/").filter((segment) => segment !== "").length;
}

function hash(name: string): number {
  return sha256(utf8ToBytes(name))
    .subarray(0, 4)
    .reduce((sum, byte) => sum * 256 + byte, 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}
