import { clientError } from "../errors.ts";

/**
 * Memory in MiB by CPU units: from, to, in steps of.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size.
 */
const memoryByCpu: ReadonlyMap<number, readonly [from: number, to: number, step: number]> = new Map([
  [512, [1024, 4096, 1024]],
  [1024, [2048, 8192, 1024]],
  [2048, [4096, 16_384, 1024]],
  [4096, [8192, 30_720, 1024]],
  [8192, [16_384, 61_440, 4096]],
  [16_384, [32_768, 122_880, 8192]],
]);
const smallest: ReadonlySet<number> = new Set([512, 1024, 2048]);

/** Whether Fargate has a size of this many CPU units and MiB. */
export function isFargateSize(cpu: number, memory: number): boolean {
  if (cpu === 256) return smallest.has(memory);
  const range = memoryByCpu.get(cpu);
  if (range === undefined) return false;
  const [from, to, step] = range;
  return memory >= from && memory <= to && memory % step === 0;
}

/** CPU units: `256`, or in vCPUs: `.25 vCPU`. @throws ClientException */
export function parseCpu(text: string): number {
  const match = /^\s*(\d+|\d*\.\d+)\s*(?:(vcpu)\s*)?$/i.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]) * (match[2] ? 1024 : 1);
  if (!Number.isInteger(value)) throw clientError(`Invalid 'cpu' setting for task. ${text}`);
  return value;
}

/** MiB: `512`, or in GB: `0.5GB`. @throws ClientException */
export function parseMemory(text: string): number {
  const match = /^\s*(\d+|\d*\.\d+)\s*(?:(gb)\s*)?$/i.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]) * (match[2] ? 1024 : 1);
  if (!Number.isInteger(value)) throw clientError(`Invalid 'memory' setting for task. ${text}`);
  return value;
}
