import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { groupFigures, type ListQuestion, listRecords, type Measure } from '../../../api/records.ts'
import type { Entity, Field, View } from '../../../api/types.ts'
import { useLanguage, useWork } from '../../../kit/model-context.tsx'
import { titleOf } from '../../../values/references.ts'
import type { ListState } from '../list-state.ts'
import { type GroupValue, inOrder, isByMonth, isGroupField } from './group-rule.ts'

export interface Group {
  /** Of its own among the groups. */
  readonly key: string
  readonly value: GroupValue
  /** The name of the record that a lookup leads to; undefined where it is not known. */
  readonly name: string | undefined
  readonly figures: Readonly<Record<string, unknown>>
  readonly count: number
}

/** Groups that are read at most. */
export const MOST_GROUPS = 1000
/** Names that one question asks for. */
const NAMES_AT_ONCE = 200

/** The field that a list is grouped by; undefined where it is none, or one that the person may not know. */
export function groupFieldOf(
  entity: Entity,
  view: View | undefined,
  state: Pick<ListState, 'group'>,
): Field | undefined {
  if (view !== undefined && view.type !== 'table') return undefined
  const wanted = state.group ?? view?.group
  return entity.fields.find((field) => field.name === wanted && isGroupField(field))
}

/** The groups of a list with how many records they have and the sums that the view asks for: one question, no table read. */
export function useGroups(
  entity: Entity,
  field: Field | undefined,
  view: View | undefined,
  { filter, q }: ListQuestion,
) {
  const language = useLanguage()
  const sums: Measure[] = (view?.columns ?? []).flatMap(({ field: of, total }) =>
    total === undefined || total === 'count' ? [] : [{ fn: total, field: of }],
  )
  const query = useQuery({
    queryKey: ['records', entity.name, 'groups', field?.name, filter ?? null, q ?? '', sums],
    queryFn: () => {
      const by = isByMonth(field!) ? { field: field!.name, bucket: 'month' as const } : field!.name
      return groupFigures(entity.name, [by], { filter, q }, [{ fn: 'count' }, ...sums])
    },
    enabled: field !== undefined,
    // What is left of another grouping has no groups of this one.
    placeholderData: (before, asked) => (asked?.queryKey[3] === field?.name ? before : undefined),
  })
  const values = (query.data ?? []).map((row) => (field === undefined ? null : (row[field.name] ?? null)))
  const names = useNames(entity, field, values)
  const groups = useMemo(() => {
    if (field === undefined) return []
    const nameOf = (value: GroupValue): string => names.get(String(value)) ?? ''
    const found = (query.data ?? []).map((figures): Group => {
      const value = (figures[field.name] ?? null) as GroupValue
      const key = value === null ? '' : String(value)
      return { key, value, name: names.get(key), figures, count: Number(figures.count ?? 0) }
    })
    return inOrder(entity, field, found, nameOf, new Intl.Collator(language, { numeric: true }))
  }, [entity, field, query.data, names, language])
  return { ...query, groups, count: groups.reduce((sum, { count }) => sum + count, 0) }
}

/** What the records are called that groups of a lookup are of, pools among them. */
function useNames(
  entity: Entity,
  field: Field | undefined,
  values: readonly unknown[],
): ReadonlyMap<string, string> {
  const { model } = useWork()
  const target = field?.relation?.to.length === 1 ? field.relation.to[0] : undefined
  const other = model.entities.find(({ name }) => name === target)
  const ids = other === undefined ? [] : values.filter((value) => typeof value === 'string')
  const chunks = Array.from({ length: Math.ceil(ids.length / NAMES_AT_ONCE) }, (_, at) =>
    ids.slice(at * NAMES_AT_ONCE, (at + 1) * NAMES_AT_ONCE),
  )
  const found = useQueries({
    queries: chunks.map((chunk) => ({
      queryKey: ['records', other?.name, 'names', chunk],
      queryFn: () =>
        listRecords(other!.name, {
          ...{ filter: { in: [{ var: 'id' }, chunk] }, limit: NAMES_AT_ONCE },
          ...(other!.title === undefined ? {} : { fields: `id,${other!.title}` }),
        }),
    })),
    combine: (answers) => answers.flatMap(({ data }) => data?.data ?? []),
  })
  return useMemo(
    () =>
      new Map([
        ...entity.pools.map(({ id, label }) => [id, label] as const),
        ...(other === undefined ? [] : found.map((record) => [record.id, titleOf(other, record)] as const)),
      ]),
    [entity.pools, other, found],
  )
}
