/**
 * Maps with at most `limit` at once; answers in order. The first failure is thrown once what is under way has ended, and
 * nothing further is started.
 */
export async function atMost<In, Out>(
  limit: number,
  items: readonly In[],
  run: (item: In) => Promise<Out>,
): Promise<readonly Out[]> {
  const results: Out[] = [];
  const failures: unknown[] = [];
  const waiting = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && failures.length === 0; next = waiting.shift()) {
      const [index, item] = next;
      await run(item).then(
        (value) => {
          results[index] = value;
        },
        (error: unknown) => {
          failures.push(error);
        },
      );
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
