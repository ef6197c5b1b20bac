/** How many callers share what each of them does alone in a deep run. */
const SHARES = 3

/**
 * Every third of these, in their order, beginning at another place for each caller: three callers in a row do all of them
 * together. All of them in a deep run (`npm run test:deep`).
 */
export function inShares<T>(items: readonly T[], turn: number): readonly T[] {
  if (process.env.TENON_TEST_DEEP === '1') return items
  return items.filter((_, index) => index % SHARES === turn % SHARES)
}
