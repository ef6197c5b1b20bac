import { KIND_NAMES } from '../../model/definition-set.ts'
import { type Answer, dataOf, type OperationSpec, operation, type ParameterSpec } from './operation.ts'
import { uuid } from './shared-schemas.ts'

export const text = { type: 'string' } as const
export const object = { type: 'object' } as const
export const tag = 'definitions'

export const path = (
  name: string,
  description: string,
  schema: ParameterSpec['schema'] = text,
): ParameterSpec => ({
  name,
  in: 'path',
  description,
  schema,
})
export const query = (
  name: string,
  description: string,
  schema: ParameterSpec['schema'] = text,
): ParameterSpec => ({
  name,
  in: 'query',
  description,
  schema,
})
export const KIND = path('kind', 'The kind of the definition.', { enum: KIND_NAMES })
export const NAME = path('name', 'The name of the definition.')
export const CHANGESET = path('id', 'The id of the changeset.', uuid)
export const BASE_VERSION = query(
  'base_version',
  'The version that it was written against; the one in force when absent. What was published since is merged.',
  { type: 'integer', minimum: 1 },
)

export const json = (description: string, schema: Answer['schema'] = object): Answer => ({
  description,
  schema: dataOf(schema ?? object),
})
export const changeset: Answer = {
  description: 'The open draft.',
  schema: dataOf({
    type: 'object',
    required: ['id', 'base_version'],
    properties: { id: uuid, base_version: { type: 'integer' } },
  }),
  headers: ['Location'],
}

/** A call that needs the right to edit definitions. */
export function edit(spec: Omit<OperationSpec, 'tag'>) {
  return operation({ tag, ...spec, problems: [403, ...(spec.problems ?? [])] })
}
