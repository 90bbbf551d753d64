/** What a process of a formation asks for. */
export interface DynoSize {
  /** As Compose writes it; undefined for 512 MB, with which every task begins. */
  readonly memory?: string;
  readonly cpus?: number;
  readonly replicas?: number;
}

type Measures = Pick<DynoSize, "memory" | "cpus">;

/** By the type's name in small letters (https://devcenter.heroku.com/articles/dyno-types): dedicated ones have their processors alone. */
const measures: Readonly<Record<string, Measures>> = {
  "standard-2x": { memory: "1g" },
  "private-s": { memory: "1g" },
  "performance-m": { memory: "2560m", cpus: 1 },
  "private-m": { memory: "2560m", cpus: 1 },
  "performance-l": { memory: "14g", cpus: 4 },
  "private-l": { memory: "14g", cpus: 4 },
  "performance-l-ram": { memory: "30g", cpus: 4 },
  "performance-xl": { memory: "62g", cpus: 8 },
  "performance-2xl": { memory: "120g", cpus: 16 },
};

/** The size of one entry of `formation`; undefined where it is what every task has. */
export function dynoSize(size: string | undefined, quantity: number | undefined): DynoSize | undefined {
  const found = measures[(size ?? "").toLowerCase()];
  const replicas = quantity !== undefined && quantity > 1 ? quantity : undefined;
  if (found === undefined && replicas === undefined) return undefined;
  return { ...found, ...(replicas === undefined ? {} : { replicas }) };
}
