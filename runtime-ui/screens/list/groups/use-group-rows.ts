import { type RefObject, useEffect, useState } from 'react'
import type { ListQuestion } from '../../../api/records.ts'
import type { Entity, Field, RecordData } from '../../../api/types.ts'
import { useWork } from '../../../kit/model-context.tsx'
import { bothOf } from '../filter-rule.ts'
import { useList } from '../use-list.ts'
import { groupRule } from './group-rule.ts'
import type { Group } from './use-groups.ts'

/** Rows that a group shows before it is asked for more. */
export const ROWS_AT_ONCE = 20

/** The rows of a group, read once it is open and comes near the window. */
export function useGroupRows(
  entity: Entity,
  field: Field,
  group: Group,
  question: ListQuestion,
  isWanted: boolean,
  onRows: (key: string, rows: readonly RecordData[]) => void,
) {
  const { model } = useWork()
  const rule = groupRule(field, group.value, model.timeZone)
  const asked = { ...question, filter: bothOf(question.filter, rule), limit: ROWS_AT_ONCE }
  const list = useList(entity, asked, { enabled: isWanted, counts: false })
  const { records } = list
  const ids = isWanted ? records.map(({ id, version }) => `${id} ${version}`).join(',') : ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: told anew when the rows are others, not with each drawing
  useEffect(() => {
    onRows(group.key, isWanted ? records : [])
  }, [ids, group.key, onRows])
  return list
}

/** Pixels before an element comes into the window at which it counts as seen. */
const NEAR = '300px'

/** Whether an element has come near the window. */
export function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setIsSeen] = useState(false)
  useEffect(() => {
    if (element.current === null || isSeen) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsSeen(true)
      },
      { rootMargin: NEAR },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, isSeen])
  return isSeen
}
