/** Whose turn it is: round robin over targets, and by weight over target groups. */
export interface Turns {
  next<T>(key: string, among: readonly T[]): T | undefined;
  /** Each comes up as often as its weight says; one of weight 0 never. */
  weighted<T extends { readonly weight: number }>(key: string, among: readonly T[]): T | undefined;
}

export function createTurns(): Turns {
  const counts = new Map<string, number>();
  const turn = (key: string): number => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count;
  };
  return {
    next: (key, among) => among[turn(key) % among.length],
    weighted: (key, among) => {
      const total = among.reduce((sum, { weight }) => sum + weight, 0);
      return total === 0 ? undefined : atWeight(among, turn(key) % total);
    },
  };
}

function atWeight<T extends { readonly weight: number }>(
  among: readonly T[],
  position: number,
): T | undefined {
  let passed = 0;
  return among.find(({ weight }) => {
    passed += weight;
    return position < passed;
  });
}
