import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { milestonesOf } from '../../records/milestones.ts'
import { type ModelView, mayRead } from '../model/model-view.ts'
import { approvalPaths } from './approval-paths.ts'
import { assignmentPaths } from './assignment-paths.ts'
import { buttonPaths } from './button-paths.ts'
import { heldPaths } from './comment-paths.ts'
import { lanePaths } from './lane-paths.ts'
import { mergePaths } from './merge-paths.ts'
import { dataOf, listOf, operation, type PathItem, type Paths, ref, withFound } from './operation.ts'
import { ownerActPaths } from './pool-paths.ts'
import { made, madeUser, one, page, stored } from './record-answers.ts'
import { aggregateBody, bulkBody } from './record-bodies.ts'
import {
  AFTER,
  DRY_RUN,
  DUPLICATES,
  EXPAND,
  EXPORT_PARAMETERS,
  EXPORT_PROPERTIES,
  FIELDS,
  ID,
  IDEMPOTENCY_KEY,
  IF_MATCH,
  LIMIT,
  LIST_PARAMETERS,
  QUERY_PROPERTIES,
} from './record-parameters.ts'
import { sharePaths } from './share-paths.ts'
import { timelinePaths } from './timeline-paths.ts'

/** What the paths of one entity are made of. */
interface EntityView extends ModelView {
  readonly entity: CompiledEntity
  readonly plural: string
  readonly label: string
}

const WRITE_PROBLEMS = [403, 409]

/** Every call on the records of one entity that the actor may make. */
export function recordPaths(model: ModelView, entity: CompiledEntity): Paths {
  const plural = labelOf({ name: entity.name, label: entity.plural }, model.language)
  const view: EntityView = { ...model, entity, plural, label: labelOf(entity, model.language) }
  const base = `/api/records/${entity.name}`
  return {
    [base]: collection(view),
    [`${base}/query`]: { post: query(view) },
    [`${base}/aggregate`]: { post: aggregate(view) },
    ...(rightsOf(view).export ? { [`${base}/export`]: exported(view) } : {}),
    ...(rightsOf(view).bulk ? { [`${base}/bulk`]: { post: bulk(view) } } : {}),
    [`${base}/{id}`]: record(view),
    ...(rightsOf(view).restore ? { [`${base}/{id}/restore`]: { post: restore(view) } } : {}),
    [`${base}/{id}/history`]: { get: history(view) },
    ...timelinePaths(view, entity, view.label, base),
    ...(rightsOf(view).update ? { [`${base}/{id}/history/restore`]: { post: restoreVersion(view) } } : {}),
    ...(entity.pipelines.size > 0 ? { [`${base}/{id}/stages`]: { get: stages(view) } } : {}),
    ...(rightsOf(view).update && milestonesOf(entity).length > 0
      ? { [`${base}/{id}/actions/milestone`]: { post: milestone(view) } }
      : {}),
    ...assignmentPaths(model.model, entity, view.label),
    ...ownerActPaths(model, entity, view.label, rightsOf(view).update),
    ...buttonPaths(view, entity, base, rightsOf(view).update),
    ...mergePaths(model.model, entity, view.label, {
      merge: rightsOf(view).update && rightsOf(view).delete,
      create: rightsOf(view).create,
      update: rightsOf(view).update,
    }),
    ...lanePaths(model, entity, base),
    ...approvalPaths(view, entity, view.label, base, rightsOf(view).submit),
    ...heldPaths(entity, view.label, base),
    ...(rightsOf(view).share ? sharePaths(entity, view.label) : {}),
    ...related(view, base),
    ...upsert(view, base),
  }
}

function rightsOf({ access, entity }: EntityView) {
  const {
    create,
    update,
    delete: remove,
    restore: back,
    bulk: many,
    export: out,
    share,
    scopes,
  } = access.entity(entity.name)
  // Users are switched off, never deleted.
  const isKept = entity.name === 'user'
  return {
    create,
    update: update !== 'none',
    // Whoever changes records only on their turn submits none.
    submit: scopes.update !== 'none',
    delete: remove !== 'none' && !isKept,
    restore: back !== 'none' && !isKept,
    bulk: many,
    share: share.read !== 'none',
    export: out !== 'none',
  }
}

function collection(view: EntityView): PathItem {
  const { entity, plural, label } = view
  const list = operation({
    id: `list_${entity.name}`,
    tag: entity.name,
    summary: `List: ${plural}`,
    parameters: LIST_PARAMETERS,
    answers: { 200: page(ref(entity.name), 'A page of records.') },
  })
  if (!rightsOf(view).create) return { get: list }
  const create = operation({
    id: `create_${entity.name}`,
    tag: entity.name,
    summary: `Create: ${label}`,
    parameters: [DRY_RUN, DUPLICATES, IDEMPOTENCY_KEY],
    body: ref(`${entity.name}.create`),
    answers: {
      200: stored(view, 'What a dry run would store.'),
      201: entity.name === 'user' ? madeUser(view) : made(view, 'Created.'),
    },
    problems: WRITE_PROBLEMS,
  })
  return { get: list, post: create }
}

function query({ entity, plural }: EntityView) {
  return operation({
    id: `query_${entity.name}`,
    tag: entity.name,
    summary: `List with the question in the body: ${plural}`,
    body: { type: 'object', additionalProperties: false, properties: QUERY_PROPERTIES },
    answers: { 200: page(ref(entity.name), 'A page of records.') },
  })
}

/** The same question in the address or in the body. */
function exported({ entity, plural }: EntityView): PathItem {
  const file = { description: 'The file, sent piece by piece.', content: { 'text/csv': { type: 'string' } } }
  const spec = { tag: entity.name, answers: { 200: file }, problems: [403, 429] }
  return {
    get: operation({
      ...spec,
      id: `export_${entity.name}`,
      summary: `Export: ${plural}`,
      parameters: EXPORT_PARAMETERS,
    }),
    post: operation({
      ...spec,
      id: `export_by_query_${entity.name}`,
      summary: `Export with the question in the body: ${plural}`,
      body: { type: 'object', additionalProperties: false, properties: EXPORT_PROPERTIES },
    }),
  }
}

function aggregate({ entity, plural }: EntityView) {
  const row = { type: 'object', description: 'The group’s values and the measures, by name.' }
  return operation({
    id: `aggregate_${entity.name}`,
    tag: entity.name,
    summary: `Count and sum by groups: ${plural}`,
    body: aggregateBody(entity),
    answers: { 200: { description: 'One row a group.', schema: dataOf(listOf(row)) } },
  })
}

function bulk({ entity, plural }: EntityView) {
  return operation({
    id: `bulk_${entity.name}`,
    tag: entity.name,
    summary: `Many writes in one call: ${plural}`,
    parameters: [DRY_RUN, DUPLICATES, IDEMPOTENCY_KEY],
    body: bulkBody(entity),
    answers: {
      200: { description: 'What became of each.', schema: withFound(dataOf(listOf(ref('BulkResult')))) },
    },
    problems: WRITE_PROBLEMS,
  })
}

function record(view: EntityView): PathItem {
  const { entity, label } = view
  const rights = rightsOf(view)
  const common = { tag: entity.name } as const
  const get = operation({
    ...common,
    id: `get_${entity.name}`,
    summary: `Read: ${label}`,
    parameters: [ID, FIELDS, EXPAND],
    answers: { 200: one(view, 'The record.') },
  })
  const patch = operation({
    ...common,
    id: `update_${entity.name}`,
    summary: `Change: ${label}`,
    description: 'A merge patch: fields that are absent stay as they are, null clears.',
    parameters: [ID, DUPLICATES, IF_MATCH],
    body: ref(`${entity.name}.patch`),
    answers: { 200: stored(view, 'As it is stored now.') },
    problems: [...WRITE_PROBLEMS, 412],
  })
  const remove = operation({
    ...common,
    id: `delete_${entity.name}`,
    summary: `Move to the recycle bin: ${label}`,
    parameters: [ID, DRY_RUN, IF_MATCH],
    answers: { 200: { description: 'Deleted, with what went with it.', schema: dataOf({ type: 'object' }) } },
    problems: [...WRITE_PROBLEMS, 412],
  })
  return { get, ...(rights.update ? { patch } : {}), ...(rights.delete ? { delete: remove } : {}) }
}

function restore(view: EntityView) {
  return operation({
    id: `restore_${view.entity.name}`,
    tag: view.entity.name,
    summary: `Bring back from the recycle bin: ${view.label}`,
    parameters: [ID, DUPLICATES, IDEMPOTENCY_KEY],
    answers: { 200: stored(view, 'Restored.') },
    problems: WRITE_PROBLEMS,
  })
}

function restoreVersion(view: EntityView) {
  return operation({
    id: `revert_${view.entity.name}`,
    tag: view.entity.name,
    summary: `Back to an earlier version: ${view.label}`,
    description: 'The whole record, or one field of it, as an ordinary change.',
    parameters: [ID, DUPLICATES, IF_MATCH, IDEMPOTENCY_KEY],
    body: {
      type: 'object',
      required: ['version'],
      additionalProperties: false,
      properties: { version: { type: 'integer', minimum: 1 }, field: { type: 'string' } },
    },
    answers: { 200: stored(view, 'As it is stored now.') },
    problems: [...WRITE_PROBLEMS, 412],
  })
}

function history({ entity, label }: EntityView) {
  return operation({
    id: `history_of_${entity.name}`,
    tag: entity.name,
    summary: `What happened: ${label}`,
    parameters: [ID, LIMIT, AFTER],
    answers: { 200: page(ref('HistoryEntry'), 'The newest first.') },
  })
}

function stages({ entity, label }: EntityView) {
  const schema = dataOf({
    type: 'object',
    required: ['entries', 'milestones'],
    properties: { entries: listOf({ type: 'object' }), milestones: listOf({ type: 'object' }) },
  })
  return operation({
    id: `stages_of_${entity.name}`,
    tag: entity.name,
    summary: `Where it stood: ${label}`,
    parameters: [ID],
    answers: { 200: { description: 'The newest first, with the checklists of its pipelines.', schema } },
  })
}

function milestone(view: EntityView) {
  return operation({
    id: `milestone_of_${view.entity.name}`,
    tag: view.entity.name,
    summary: `Tick a milestone: ${view.label}`,
    parameters: [ID, IF_MATCH, IDEMPOTENCY_KEY],
    body: {
      type: 'object',
      required: ['milestone'],
      additionalProperties: false,
      properties: {
        milestone: { enum: milestonesOf(view.entity).map((one) => one.milestone.name) },
        done: { type: 'boolean', default: true },
      },
    },
    answers: { 200: one(view, 'As it is stored now.') },
    problems: [...WRITE_PROBLEMS, 412],
  })
}

function related(view: EntityView, base: string): Paths {
  const { entity, label } = view
  const names = entity.inverses
    .filter((inverse) => mayRead(view, inverse.from))
    .map((inverse) => inverse.name)
  if (names.length === 0) return {}
  const get = operation({
    id: `related_to_${entity.name}`,
    tag: entity.name,
    summary: `Records that point to: ${label}`,
    parameters: [
      ID,
      {
        name: 'relation',
        in: 'path',
        description: 'By which lookup, its way back.',
        schema: { enum: names },
      },
      ...LIST_PARAMETERS,
    ],
    answers: { 200: page({ type: 'object' }, 'A page of records.') },
  })
  return { [`${base}/{id}/related/{relation}`]: { get } }
}

function upsert(view: EntityView, base: string): Paths {
  const { entity, label } = view
  const keys = [...entity.fields.values()].filter((field) => field.unique && field.name !== 'id')
  const rights = rightsOf(view)
  if (keys.length === 0 || !rights.create || !rights.update) return {}
  const put = operation({
    id: `upsert_${entity.name}`,
    tag: entity.name,
    summary: `Create or change by a unique field: ${label}`,
    parameters: [
      {
        name: 'field',
        in: 'path',
        description: 'A unique field.',
        schema: { enum: keys.map((key) => key.name) },
      },
      { name: 'value', in: 'path', description: 'Its value.', schema: { type: 'string' } },
      DUPLICATES,
    ],
    body: ref(`${entity.name}.patch`),
    answers: { 200: stored(view, 'Changed.'), 201: made(view, 'Created.') },
    problems: WRITE_PROBLEMS,
  })
  return { [`${base}/by/{field}/{value}`]: { put } }
}
