/** Begins the work on the items in their order, on `width` of them at once; the answers stand in that order as well. */
export function inTurn<Item, Answer>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Answer>,
): readonly Promise<Answer>[] {
  const all = items.map((item) => ({ item, ...Promise.withResolvers<Answer>() }));
  const waiting = all.values();
  const lane = async (): Promise<void> => {
    for (const { item, resolve, reject } of waiting) await work(item).then(resolve, reject);
  };
  for (let index = 0; index < width; index += 1) void lane();
  return all.map(({ promise }) => promise);
}
