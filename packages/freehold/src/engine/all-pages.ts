/** Everything of a listing, however many pages it has. An empty token ends it as none does. */
export async function allPages<Page, Item>(
  ask: (token: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  nextOf: (page: Page) => string | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await ask(token);
    items.push(...(itemsOf(page) ?? []));
    token = nextOf(page) || undefined;
  } while (token !== undefined);
  return items;
}
