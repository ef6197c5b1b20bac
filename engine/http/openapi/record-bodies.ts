import type { CompiledEntity } from '../../model/compiled.ts'
import { BUCKETS } from '../../records/parse-aggregate.ts'
import { MAX_BULK } from '../../records/parse-bulk.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import { listOf, ref } from './operation.ts'
import { uuid } from './shared-schemas.ts'

const path = { type: 'string', description: 'A field; dots reach through lookups.' } as const

/** The question of an aggregate. */
export function aggregateBody(entity: CompiledEntity): JsonSchema {
  const bucket = { enum: BUCKETS, description: 'For dates: what they are gathered by.' }
  const group = { type: 'object', required: ['field'], properties: { field: path, bucket } }
  return {
    title: `${entity.name} aggregate`,
    type: 'object',
    additionalProperties: false,
    properties: {
      filter: ref('Rule'),
      q: { type: 'string' },
      group: { ...listOf({ anyOf: [path, group] }), maxItems: 4 },
      measures: {
        ...listOf({
          type: 'object',
          required: ['fn'],
          properties: {
            fn: { enum: ['count', 'count_distinct', 'sum', 'avg', 'min', 'max'] },
            field: path,
            as: { type: 'string', description: 'The name of the measure in the answer.' },
          },
        }),
        maxItems: 20,
      },
      having: ref('Rule'),
      sort: { type: 'string' },
      limit: { type: 'integer', minimum: 1, maximum: 10_000 },
    },
  }
}

/** Lists of operations, or one change of all records that a filter reaches. */
export function bulkBody({ name }: CompiledEntity): JsonSchema {
  const records = (schema: JsonSchema) => ({ ...listOf(schema), maxItems: MAX_BULK })
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      create: records(ref(`${name}.create`)),
      update: records({ type: 'object', required: ['id'], properties: { id: uuid } }),
      upsert: {
        type: 'object',
        required: ['key', 'records'],
        properties: { key: { type: 'string' }, records: records({ type: 'object' }) },
      },
      delete: records(uuid),
      filter: ref('Rule'),
      set: ref(`${name}.patch`),
      atomic: { type: 'boolean', default: true, description: 'All or none.' },
    },
  }
}
