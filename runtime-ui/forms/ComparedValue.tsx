import { useQueries } from '@tanstack/react-query'
import { getRecord } from '../api/records.ts'
import type { Entity, Field, RecordData } from '../api/types.ts'
import { useWork } from '../kit/model-context.tsx'
import { FieldValue } from '../values/FieldValue.tsx'
import { referenceOf, targetOf, titleOf } from '../values/references.ts'

export interface ComparedValueProps {
  readonly entity: Entity
  readonly field: Field
  /** As a form holds it: a lookup is its id. */
  readonly value: unknown
  /** Where names may be known already. */
  readonly record: RecordData
}

/** A value of a form as people read it: ids have their names. */
export function ComparedValue({ entity, field, value, record }: ComparedValueProps) {
  const { model } = useWork()
  const isMany = Array.isArray(value)
  const isReference = field.relation !== undefined && field.relation.kind !== 'children'
  const references = isReference ? (isMany ? value : [value]).flatMap((one) => referenceOf(one) ?? []) : []
  const stored = record[field.name]
  const known = new Map(
    (Array.isArray(stored) ? stored : [stored]).flatMap((one) => {
      const reference = isReference ? referenceOf(one) : undefined
      return reference?.id == null || reference.label === null ? [] : [[reference.id, reference.label]]
    }),
  )
  const unknown = references.flatMap((reference) => {
    const target = model.entities.find(({ name }) => name === targetOf(field, reference))
    const isNamed = reference.id === null || reference.label !== null || known.has(reference.id)
    return isNamed || target === undefined || reference.id === null ? [] : [{ target, id: reference.id }]
  })
  const names = useQueries({
    queries: unknown.map(({ target, id }) => ({
      queryKey: ['records', target.name, 'one', id, 'name'],
      queryFn: async () => titleOf(target, await getRecord(target.name, id, '')),
      retry: false,
    })),
  })
  const labels = new Map([
    ...known,
    ...unknown.flatMap(({ id }, index) =>
      names[index]?.data === undefined ? [] : [[id, names[index].data] as const],
    ),
  ])
  const named = references.map((reference) => ({
    ...reference,
    label: reference.label ?? labels.get(reference.id ?? '') ?? null,
  }))
  const shown = !isReference ? value : isMany ? named : named[0]
  return <FieldValue entity={entity} field={field} value={shown} compact={isReference} />
}
