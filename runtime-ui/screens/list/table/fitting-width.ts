/** Pixels that a mark, a pencil or an order's arrow may need beside the words. */
const AIR = 12

/** The width in which the words of a column's head and of its rows in the document stand whole. */
export function fittingWidth(edge: HTMLElement): number {
  const head = edge.closest('th')
  const table = head?.closest('table')
  if (head == null || table == null) return 0
  const at = [...(head.parentElement?.children ?? [])].indexOf(head)
  const cells = [...table.querySelectorAll('tbody tr:not([aria-hidden])')].flatMap(
    (row) => row.children[at] ?? [],
  )
  return Math.max(...[head, ...cells].map(wordsWidth))
}

/** What is cut off by the cell is laid out all the same. */
function wordsWidth(cell: Element): number {
  const { left, right } = cell.getBoundingClientRect()
  const { paddingLeft, paddingRight } = getComputedStyle(cell)
  const room = document.createRange()
  const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
  let from = right
  let to = left
  for (let word = words.nextNode(); word !== null; word = words.nextNode()) {
    if (word.parentElement?.closest('.visually-hidden, .head-menu') != null) continue
    room.selectNodeContents(word)
    const box = room.getBoundingClientRect()
    if (box.width === 0) continue
    from = Math.min(from, box.left)
    to = Math.max(to, box.right)
  }
  const beforeWords = Math.max(0, from - left - Number.parseFloat(paddingLeft))
  const marks = getComputedStyle(cell).textAlign === 'right' ? 0 : beforeWords
  return (
    Math.max(0, to - from) + marks + Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight) + AIR
  )
}
