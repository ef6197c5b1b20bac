import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { readStandings, type Standing } from '../../api/rights.ts'
import type { Entity, RecordData, View } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'

/** What people are looked up by, where nobody has made a view of users. */
const COLUMNS = ['name', 'email', 'roles', 'team', 'active', 'phone']

const isGenerated = (views: readonly View[]): boolean => views.length === 1 && views[0]?.name === 'all'

/** The entity as lists show it: users with the columns that one looks for, teams with their tree. */
export function useListEntity(entity: Entity): Entity {
  const { t } = useTranslation()
  return useMemo(() => {
    if (entity.name === 'user') return withPeopleColumns(entity)
    return entity.name === 'team' ? withTree(entity, t('team.tree'), t('team.list')) : entity
  }, [entity, t])
}

function withPeopleColumns(entity: Entity): Entity {
  if (!isGenerated(entity.views)) return entity
  const known = COLUMNS.filter((name) => entity.fields.some((field) => field.name === name))
  const columns = known.map((field) => ({ field }))
  return { ...entity, views: entity.views.map((view) => ({ ...view, columns, sort: ['name'] })) }
}

/** Teams are a tree, as long as the person knows which is part of which. */
function withTree(entity: Entity, tree: string, list: string): Entity {
  if (!entity.fields.some(({ name }) => name === 'parent')) return entity
  const first: View = { name: 'tree', label: tree, type: 'tree', columns: [], sort: [] }
  const views = isGenerated(entity.views)
    ? entity.views.map((view) => ({ ...view, label: list, sort: ['name'] }))
    : entity.views
  return { ...entity, views: [first, ...views] }
}

/** People whose standing is asked for in one call. */
const ASKED = 50

/**
 * A list of users for who administers them: instead of whether they are switched on it says where they stand
 * (invited, active, absent, switched off). Other lists stay as they are.
 */
export function useStandings(
  entity: Entity,
  records: readonly RecordData[],
): { readonly entity: Entity; readonly records: readonly RecordData[] } {
  const { t } = useTranslation()
  const { me } = useWork()
  const isAsked = entity.name === 'user' && me.administration.includes('users')
  const ids = isAsked ? records.map(({ id }) => id) : []
  const chunks = Array.from({ length: Math.ceil(ids.length / ASKED) }, (_, at) =>
    ids.slice(at * ASKED, (at + 1) * ASKED),
  )
  const found = useQueries({
    queries: chunks.map((chunk) => ({
      queryKey: ['records', 'user', 'standing', chunk],
      queryFn: ({ signal }: { signal: AbortSignal }) => readStandings(chunk, signal),
    })),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  })
  return useMemo(() => {
    if (!isAsked) return { entity, records }
    const standings = new Map<string, Standing>(found.map((one) => [one.id, one]))
    const fields = entity.fields.map((field) =>
      field.name === 'active' ? { ...field, type: 'standing', label: t('standing.label') } : field,
    )
    return {
      entity: { ...entity, fields },
      records: records.map((record) => ({ ...record, active: standings.get(record.id) ?? null })),
    }
  }, [isAsked, entity, records, found, t])
}
