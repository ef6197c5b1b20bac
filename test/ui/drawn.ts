import type { Page } from 'playwright-core'

/**
 * React tells each commit to the hook of its developer tools. A fiber that was drawn has the first of its flags; of one that
 * was taken over as it was, the children are those that it had.
 */
const HOOK = `
let drawn = 0
window.drawn = () => drawn
window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
  supportsFiber: true,
  inject: () => 1,
  onCommitFiberUnmount() {},
  onPostCommitFiberRoot() {},
  onCommitFiberRoot(_, root) {
    const open = [root.current]
    for (let fiber = open.pop(); fiber !== undefined; fiber = open.pop()) {
      const { alternate, child, sibling, flags, type } = fiber
      const isDrawn = (flags & 1) !== 0
      if (isDrawn && typeof type !== 'string') drawn++
      if (sibling !== null) open.push(sibling)
      if (child !== null && (isDrawn || alternate === null || alternate.child !== child)) open.push(child)
    }
  },
}`

/** Counts from the next load on how many components are drawn. */
export const countDrawn = (page: Page): Promise<unknown> => page.addInitScript({ content: HOOK })

/** How many have been drawn since the load. */
export const drawnSoFar = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { drawn: () => number }).drawn())
