import type { Node } from '@xyflow/react'
import { type LinesCardNode, LinesNode } from './LinesNode.tsx'
import { type PlusCardNode, PlusNode } from './PlusNode.tsx'
import { EndMark, StepCard, type StepCardNode } from './StepCard.tsx'
import { CARD, type FlowLayout } from './step-layout.ts'
import { keyOfPath } from './step-tree.ts'
import type { useStepWords } from './use-step-words.ts'

export const NODE_TYPES = { step: StepCard, plus: PlusNode, lines: LinesNode, end: EndMark }

const PLUS = { width: 24, height: 24 } as const
const END = { width: CARD.width, height: 36 } as const

/** A picture as the surface takes it, in the order in which keys go through it: from the top down. */
export function flowNodes(
  layout: FlowLayout,
  words: ReturnType<typeof useStepWords>,
  readOnly: boolean,
): Node[] {
  const size = { width: layout.width, height: layout.height }
  const lines: LinesCardNode = {
    ...{ id: 'lines', type: 'lines', data: { layout }, position: { x: 0, y: 0 }, zIndex: -1 },
    ...{ ...size, measured: size, focusable: false },
  }
  const titles = new Map<string, string>()
  const cards = layout.cards.map(({ path, node, x, y }): StepCardNode | Node => {
    const id = keyOfPath(path)
    const position = { x, y }
    if (id === 'end') return { id, type: 'end', data: {}, position, ...END, measured: END }
    const said = node === undefined ? words.trigger() : words.step(node.step)
    titles.set(id, said.title)
    const action = node === undefined ? 'trigger' : String(node.step.do)
    const isConditional = node?.step.when !== undefined && action !== 'branch' && action !== 'wait'
    const data = { path, action, words: said, isConditional }
    return { id, type: 'step', data, position, ...CARD, measured: CARD }
  })
  const before = (list: readonly string[], at: number): string => {
    if (at > 0) return titles.get(`${list.join('/')}/${at - 1}`) ?? ''
    const outer = list.slice(0, list.findLastIndex((part) => /^\d+$/.test(part)) + 1)
    return titles.get(outer.length === 0 ? 'trigger' : outer.join('/')) ?? ''
  }
  const pluses = (readOnly ? [] : layout.pluses).map(({ slot, x, y }): PlusCardNode => {
    const position = { x: x - PLUS.width / 2, y: y - PLUS.height / 2 }
    const id = `plus ${slot.list.join('/')}/${slot.at}`
    const data = { slot, after: before(slot.list, slot.at) }
    return { id, type: 'plus', data, position, ...PLUS, measured: PLUS, zIndex: 1 }
  })
  const byPlace = [...cards, ...pluses].sort((one, other) => one.position.y - other.position.y)
  return [lines, ...byPlace]
}
