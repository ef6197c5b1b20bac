import type { ChangeTold, TimelineEntry } from '../../../api/timeline.ts'
import type { Entity } from '../../../api/types.ts'

type Fields = Pick<Entity, 'pipelines' | 'timeline'>

/**
 * What is shown of what was answered. The engine tells everything whole; where a move and an assignment have entries of
 * their own beside the changes, the changes do not say it again, and a file stands with the comment that holds it.
 * @param types those that are asked for; all where there are none
 */
export function shownEntries(
  entity: Fields,
  entries: readonly TimelineEntry[],
  types: readonly string[],
): readonly TimelineEntry[] {
  const isTold = (type: string) =>
    entity.timeline.includes(type) && (types.length === 0 || types.includes(type))
  return entries.flatMap((entry): readonly TimelineEntry[] => {
    if (entry.type === 'file') return entry.comment !== null && isTold('comment') ? [] : [entry]
    // Where a record begins is a part of its making.
    if (entry.type === 'stage') return entry.from === null && isTold('change') ? [] : [entry]
    if (entry.type !== 'change' || entry.action !== 'update') return [entry]
    const left = entry.changes.filter(({ field }) => {
      if (isTold('stage') && Object.hasOwn(entity.pipelines, field)) return false
      return !(isTold('assignment') && entry.via === 'assignment' && field === 'owner')
    })
    if (left.length === entry.changes.length) return [entry]
    return left.length === 0 ? [] : [{ ...entry, changes: left } satisfies ChangeTold]
  })
}

/** What happened on one day of the workspace. */
export interface TimelineDay {
  /** yyyy-mm-dd */
  readonly date: string
  readonly entries: readonly TimelineEntry[]
}

/** The entries day by day, in their order. @param dayOf the day on which an instant falls, yyyy-mm-dd */
export function byDay(
  entries: readonly TimelineEntry[],
  dayOf: (instant: string) => string,
): readonly TimelineDay[] {
  const days: { date: string; entries: TimelineEntry[] }[] = []
  for (const entry of entries) {
    const date = dayOf(entry.at)
    const last = days.at(-1)
    if (last?.date === date) last.entries.push(entry)
    else days.push({ date, entries: [entry] })
  }
  return days
}

/** By which an entry is told apart from all others. */
export function keyOf(entry: TimelineEntry): string {
  if (entry.type === 'approval') return `approval ${entry.run} ${entry.number}`
  if (entry.type === 'flow') return `flow ${entry.run}`
  if (entry.type === 'stage')
    return `stage ${entry.field} ${entry.at} ${entry.to?.name} ${entry.merged_from?.id}`
  if (entry.type === 'assignment')
    return `assignment ${entry.assignment.name} ${entry.at} ${entry.owner?.id} ${entry.merged_from?.id}`
  return `${entry.type} ${entry.id}`
}
