import { useQueries } from '@tanstack/react-query'
import { listRecords } from '../../../api/records.ts'
import type { Field, RecordData } from '../../../api/types.ts'
import { useWork } from '../../../kit/model-context.tsx'
import { meantBy, type Named, namesOne, namesRule, namingFields } from './find-named.ts'

/** Names of one question: several records of one name still fit into its answer. */
const CHUNK = 50
const MOST = 200

/** Looks up whom cells name, a few questions for each entity; `named` is undefined while they are on their way. */
export function useNamed(
  targets: readonly { readonly path: string; readonly field: Field }[],
  rows: readonly (readonly string[])[],
): { readonly named: ((field: Field, name: string) => Named) | undefined; readonly error: unknown } {
  const { model } = useWork()
  const wanted = new Map<string, Set<string>>()
  for (const [at, { path, field }] of targets.entries()) {
    if (path !== field.name || !namesOne(field)) continue
    const to = field.relation?.to[0] ?? ''
    const names = rows.flatMap((cells) => (cells[at]?.trim() ? [cells[at].trim()] : []))
    wanted.set(to, new Set([...(wanted.get(to) ?? []), ...names]))
  }
  const asked = [...wanted].flatMap(([name, names]) => {
    const target = model.entities.find((entity) => entity.name === name)
    if (target === undefined) return []
    const all = [...names]
    return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, at) => ({
      target,
      names: all.slice(at * CHUNK, (at + 1) * CHUNK),
    }))
  })
  const answers = useQueries({
    queries: asked.map(({ target, names }) => ({
      queryKey: ['records', target.name, 'named', names],
      queryFn: async () => {
        const fields = ['id', ...namingFields(target)].join(',')
        return (await listRecords(target.name, { filter: namesRule(target, names), fields, limit: MOST }))
          .data
      },
    })),
  })
  const error = answers.find(({ isError }) => isError)?.error
  if (error !== undefined || answers.some(({ isPending }) => isPending)) return { named: undefined, error }
  const found = new Map<string, readonly RecordData[]>()
  for (const [index, { target }] of asked.entries()) {
    found.set(target.name, [...(found.get(target.name) ?? []), ...(answers[index]?.data ?? [])])
  }
  const named = (field: Field, name: string): Named => {
    const target = model.entities.find((entity) => entity.name === field.relation?.to[0])
    return target === undefined ? 'unknown' : meantBy(target, found.get(target.name) ?? [], name)
  }
  return { named, error: undefined }
}
