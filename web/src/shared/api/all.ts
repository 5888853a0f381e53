/** Every page of a list, one after the other. */
type Page<T> = { items: T[]; next?: string | null };

/** `read` is handed what the query of the next page needs. */
export async function all<T>(read: (next: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  let next: { cursor?: string } | undefined = {};
  while (next) {
    const page = await read(next);
    found.push(...page.items);
    next = page.next ? { cursor: page.next } : undefined;
  }
  return found;
}
