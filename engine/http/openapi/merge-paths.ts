import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { isCompared } from '../../model/duplicate-rules.ts'
import { isMergeable, MOST_MERGED } from '../../records/parse-merge.ts'
import { dataOf, listOf, operation, type Paths, ref } from './operation.ts'
import { AFTER, DRY_RUN, ID, IDEMPOTENCY_KEY } from './record-parameters.ts'

const text = { type: 'string' } as const
const uuid = { type: 'string', format: 'uuid' } as const
const count = { type: 'integer', minimum: 0 } as const
const outcome = (entity: string) => ({
  type: 'object',
  required: ['id', 'merged', 'taken', 'joined', 'left', 'moved', 'shares', 'record'],
  properties: {
    id: uuid,
    merged: listOf(uuid),
    taken: {
      type: 'object',
      additionalProperties: uuid,
      description: 'By field: from which record the value comes, where it is another one’s.',
    },
    joined: { ...listOf(text), description: 'Lists to which entries of the others were added.' },
    left: listOf({
      type: 'object',
      required: ['field', 'from'],
      properties: {
        ...{ field: text, from: uuid },
        values: { type: 'array', description: 'The entries that found no room.' },
      },
    }),
    moved: {
      type: 'object',
      additionalProperties: count,
      description: 'How many records point to the one that stays from now on, by their entity.',
    },
    shares: count,
    record: ref(entity),
  },
})

const like = {
  type: 'object',
  required: ['id', 'label', 'owner', 'likeness', 'field'],
  properties: {
    ...{ id: uuid, label: text, field: { ...text, description: 'What is alike in both.' } },
    owner: {
      type: ['object', 'null'],
      properties: { id: uuid, label: { type: ['string', 'null'] } },
    },
    likeness: { type: 'number', minimum: 0, maximum: 1 },
  },
}

const group = {
  type: 'object',
  required: ['records', 'fields'],
  properties: {
    records: listOf({
      type: 'object',
      required: ['id', 'label'],
      properties: { id: uuid, label: text },
    }),
    fields: { ...listOf(text), description: 'What is alike in them.' },
  },
}

const GROUPS_PAGE = {
  type: 'object',
  required: ['next', 'looked_at'],
  properties: {
    next: { type: ['string', 'null'], description: 'For `after`; null when all have been looked at.' },
    looked_at: { ...count, description: 'How many records this page looked at.' },
  },
}

/** Merging records of the entity, and which are like one. */
export function mergePaths(
  model: CompiledModel,
  entity: CompiledEntity,
  label: string,
  may: { readonly merge: boolean; readonly create: boolean; readonly update: boolean },
): Paths {
  const base = `/api/records/${entity.name}/{id}`
  const spec = { tag: entity.name, parameters: [ID] }
  const likes = operation({
    ...spec,
    id: `duplicates_of_${entity.name}`,
    summary: `Like records by the duplicate rules, of those that one may read: ${label}`,
    answers: { 200: { description: 'The most alike first.', schema: dataOf(listOf(like)) } },
  })
  const groups = operation({
    tag: entity.name,
    id: `duplicates_${entity.name}`,
    summary: `Groups of like records by the duplicate rules, a few records at a time: ${label}`,
    parameters: [AFTER],
    answers: {
      200: {
        description: 'Groups of those that were looked at, the newest first, with what they are like.',
        schema: {
          type: 'object',
          required: ['data', 'page'],
          properties: { data: listOf(group), page: GROUPS_PAGE },
        },
      },
    },
  })
  const draftLikes = operation({
    tag: entity.name,
    id: `duplicates_of_new_${entity.name}`,
    summary: `Like records by the duplicate rules of one that is being filled in, of those that one may read: ${label}`,
    body: ref(`${entity.name}.draft`),
    problems: [403],
    answers: {
      200: {
        description: 'What weighs most first, then the most alike.',
        schema: dataOf(listOf(ref('FoundDuplicate'))),
      },
    },
  })
  const changeLikes = operation({
    tag: entity.name,
    id: `duplicates_of_changed_${entity.name}`,
    summary: `Like records by the duplicate rules of one that is being changed, by what the change moves: ${label}`,
    parameters: [ID],
    body: ref(`${entity.name}.patch`),
    problems: [403, 404],
    answers: {
      200: {
        description: 'What weighs most first, then the most alike.',
        schema: dataOf(listOf(ref('FoundDuplicate'))),
      },
    },
  })
  return {
    // Where no rule speaks of the entity, nothing is like another one.
    ...(isCompared(model, entity)
      ? {
          [`/api/records/${entity.name}/duplicates`]: {
            get: groups,
            ...(may.create ? { post: draftLikes } : {}),
          },
          [`${base}/duplicates`]: { get: likes, ...(may.update ? { post: changeLikes } : {}) },
        }
      : {}),
    ...(may.merge && isMergeable(entity)
      ? { [`${base}/actions/merge`]: { post: merge(entity, label) } }
      : {}),
  }
}

function merge({ name }: CompiledEntity, label: string) {
  return operation({
    id: `merge_${name}`,
    tag: name,
    summary: `Merge other records into this one: ${label}`,
    parameters: [ID, DRY_RUN, IDEMPOTENCY_KEY],
    problems: [403, 409, 422],
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['with'],
      properties: {
        with: { type: 'array', minItems: 1, maxItems: MOST_MERGED, uniqueItems: true, items: uuid },
        take: {
          type: 'object',
          additionalProperties: uuid,
          description: 'By field: the record whose value is kept.',
        },
        reason: { type: 'string', maxLength: 500 },
      },
    },
    answers: {
      200: {
        description: 'What came of it, or would.',
        schema: dataOf(outcome(name)),
      },
    },
  })
}
