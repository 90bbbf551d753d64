import type { Size } from "./application.ts";

interface FargateRow {
  readonly cpu: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/**
 * CPU units and the MiB each may have, as Fargate sells them
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size).
 */
const fargate: readonly FargateRow[] = [
  { cpu: 256, from: 512, to: 512, step: 512 },
  { cpu: 256, from: 1024, to: 2048, step: 1024 },
  { cpu: 512, from: 1024, to: 4096, step: 1024 },
  { cpu: 1024, from: 2048, to: 8192, step: 1024 },
  { cpu: 2048, from: 4096, to: 16384, step: 1024 },
  { cpu: 4096, from: 8192, to: 30720, step: 1024 },
  { cpu: 8192, from: 16384, to: 61440, step: 4096 },
  { cpu: 16384, from: 32768, to: 122880, step: 8192 },
];

/** Every valid pair, smallest first. */
export const fargateSizes: readonly Size[] = fargate.flatMap(({ cpu, from, to, step }) =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => ({ cpu, memory: from + index * step })),
);

export const defaultSize: Size = { cpu: 256, memory: 512 };

/**
 * What the proxy of Service Connect needs beside the containers of a task
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html).
 */
export const proxySize: Size = { cpu: 256, memory: 64 };

/** The smallest valid pair with at least what was asked for; undefined when Fargate has none. */
export function fargateSize(asked: Partial<Size>): Size | undefined {
  const { cpu, memory } = { ...defaultSize, ...asked };
  return fargateSizes.find((size) => size.cpu >= cpu && size.memory >= memory);
}

/** `0.25 vCPU, 512 MiB`; whole GiB as `2 GiB`. */
export function formatSize({ cpu, memory }: Size): string {
  const amount = memory % 1024 === 0 ? `${memory / 1024} GiB` : `${memory} MiB`;
  return `${cpu / 1024} vCPU, ${amount}`;
}
