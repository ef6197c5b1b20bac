/**
 * Scrolls what scrolls around an element, so that it begins at the top there or, with `end`, ends above the bottom. Nothing further
 * out moves, as it does by `scrollIntoView` where the frame of the page hides what is beyond it.
 * @param margin pixels left free
 */
export function scrollInside(
  element: Element,
  { end = false, margin }: { end?: boolean; margin: number },
): void {
  const around = scrollerOf(element)
  const { top, bottom } = element.getBoundingClientRect()
  const isPage = around === document.scrollingElement
  const frame = isPage ? { top: 0, bottom: window.innerHeight } : around.getBoundingClientRect()
  const by = end ? Math.max(0, bottom + margin - frame.bottom) : top - margin - frame.top
  around.scrollTop += by
}

function scrollerOf(element: Element): Element {
  for (let one = element.parentElement; one !== null; one = one.parentElement)
    if (/auto|scroll/.test(getComputedStyle(one).overflowY)) return one
  return document.scrollingElement ?? document.documentElement
}
