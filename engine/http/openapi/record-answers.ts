import type { CompiledEntity } from '../../model/compiled.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import { type Answer, dataOf, listOf, ref, withFound } from './operation.ts'
import { INVITATION } from './people-paths.ts'

interface OfEntity {
  readonly entity: CompiledEntity
}

export function page(schema: JsonSchema, description: string): Answer {
  return {
    description,
    schema: {
      type: 'object',
      required: ['data', 'page'],
      properties: {
        data: listOf(schema),
        page: ref('Page'),
        count: { type: 'integer' },
        count_kind: { enum: ['exact', 'estimated'] },
        merged: {
          type: 'object',
          description: 'Of the recycle bin: by id, into which records those were merged that were.',
          additionalProperties: ref('ExpandedReference'),
        },
      },
    },
  }
}

export const one = ({ entity }: OfEntity, description: string): Answer => ({
  description,
  schema: dataOf(ref(entity.name)),
})
/** What a write stored, and what duplicate rules let pass. */
export const stored = ({ entity }: OfEntity, description: string): Answer => ({
  description,
  schema: withFound(dataOf(ref(entity.name))),
})
export const made = (view: OfEntity, description: string): Answer => ({
  ...stored(view, description),
  headers: ['Location'],
})

/** One who has no password is invited with it. */
export function madeUser(view: OfEntity): Answer {
  const answer = made(view, 'Created; without a password also invited.')
  const schema = dataOf(ref(view.entity.name)) as { readonly properties: JsonSchema }
  return { ...answer, schema: { ...schema, properties: { ...schema.properties, invitation: INVITATION } } }
}
