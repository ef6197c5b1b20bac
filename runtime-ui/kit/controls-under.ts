/** What people press or write in; a row that leads somewhere is large, and is pressed beside as well. */
const CONTROLS = [
  ...['button', 'input', 'textarea', 'select', '[contenteditable="true"]', '.ant-select'],
  ...['[role="button"]', '[role="switch"]', '[role="tab"]', '[role="menuitem"]', '[role="option"]'],
].join(',')
const LINKS = 'a[href]'
const OF_A_CONTROL = 10

/** Steps in which an area is looked through, in pixels: smaller than any control. */
const STEP = 16

/** How much of what is pressed lies in an area of the window: controls weigh more than links. */
export function controlsUnder({ left, right, top, bottom }: DOMRect): number {
  const controls = new Set<Element>()
  const links = new Set<Element>()
  for (let x = left; x < right + STEP; x += STEP) {
    for (let y = top; y < bottom + STEP; y += STEP) {
      const there = document.elementFromPoint(Math.min(x, right - 1), Math.min(y, bottom - 1))
      if (there === null || there.closest('.toast-place') !== null) continue
      const control = there.closest(CONTROLS)
      if (control !== null) controls.add(control)
      else {
        const link = there.closest(LINKS)
        if (link !== null) links.add(link)
      }
    }
  }
  return controls.size * OF_A_CONTROL + links.size
}
