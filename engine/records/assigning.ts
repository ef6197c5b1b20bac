import type { AssignmentDefinition } from '../../metadata/types.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { assignmentsOf } from '../model/kinds/assignment-place.ts'
import type { RequestContext } from './context.ts'
import type { WriteValues } from './parse-write.ts'
import { within } from './relations.ts'
import type { RecordChange } from './update-row.ts'

/** A record that an assignment is to give an owner. */
export interface Unassigned {
  readonly id: string
  readonly path: string
  /** What the fields of the assignment held before a change. */
  readonly before?: Readonly<Record<string, unknown>>
}

/** Writes the new owner through the door of all changes. */
export type OwnerWriting = (
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  change: RecordChange,
) => Promise<unknown>

export interface Assignments {
  readonly context: RequestContext
  readonly tx: Executor
  readonly entity: CompiledEntity
  readonly assignment: AssignmentDefinition
  readonly records: readonly Unassigned[]
  readonly cause: 'created' | 'changed'
  readonly write: OwnerWriting
}

type Assign = (work: Assignments) => Promise<void>
/** The assignment that new records of an entity pass; what a template brings is history, and a given owner is said. */
export function assignsNew(
  context: RequestContext,
  entity: CompiledEntity,
): AssignmentDefinition | undefined {
  if (context.model.definitions.assignment.size === 0 || context.via === 'template') return undefined
  return assignmentsOf(context.model.definitions, entity.name).find(({ on }) => on.includes('created'))
}

/** The assignment that a change of these values may set off. */
export function assignsChanged(
  context: RequestContext,
  entity: CompiledEntity,
  values: WriteValues,
): AssignmentDefinition | undefined {
  const { definitions } = context.model
  if (definitions.assignment.size === 0 || context.via === 'template' || context.via === 'assignment')
    return undefined
  const found = assignmentsOf(definitions, entity.name).find(({ on }) => on.includes('changed'))
  if (found === undefined) return undefined
  const said = new Set([...values.keys()].map(({ name }) => name))
  if (said.has('owner')) return undefined
  const touched = (found.fields ?? []).some(
    (name) => said.has(name) || entity.fields.get(name)?.writable === false,
  )
  return touched ? found : undefined
}

/** Gives new records their owners, those apart whose owner was said to be somebody else than who writes. */
export async function assignNew(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  records: readonly { readonly id: string; readonly values: WriteValues; readonly path: string }[],
  write: OwnerWriting,
): Promise<void> {
  const assignment = assignsNew(context, entity)
  if (assignment === undefined) return
  const owner = entity.fields.get('owner')
  const open = records.filter(({ values }) => {
    const said = owner === undefined ? undefined : values.get(owner)
    return said === undefined || said === null || said === context.actor.id
  })
  await decide({ context, tx, entity, assignment, records: open, cause: 'created', write })
}

/** What the fields of an assignment hold; it holds the record. */
export async function assignedBy(
  tx: Executor,
  entity: CompiledEntity,
  assignment: AssignmentDefinition,
  id: string,
): Promise<Readonly<Record<string, unknown>>> {
  const fields = (assignment.fields ?? []).flatMap((name) => {
    const field = entity.fields.get(name)
    return field?.columns[0] === undefined ? [] : [{ name, column: field.columns[0] }]
  })
  if (fields.length === 0) return {}
  const { rows } = await tx.query<{ j: string }>({
    text:
      `SELECT json_build_array(${fields.map(({ column }) => `t.${column}`).join(', ')})::text AS j ` +
      `FROM ${entity.table} t WHERE t."id" = $1::uuid FOR NO KEY UPDATE`,
    values: [id],
  })
  const values = JSON.parse(rows[0]?.j ?? '[]') as readonly unknown[]
  return Object.fromEntries(fields.map(({ name }, index) => [name, values[index] ?? null]))
}

/** Gives a changed record another owner where a field of the assignment holds something else by now. */
export async function assignChanged(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  assignment: AssignmentDefinition,
  { id, path, before }: Required<Unassigned>,
  write: OwnerWriting,
): Promise<void> {
  const after = await assignedBy(tx, entity, assignment, id)
  if (JSON.stringify(after) === JSON.stringify(before)) return
  await decide({
    ...{ context, tx, entity, assignment, write },
    ...{ records: [{ id, path, before }], cause: 'changed' },
  })
}

async function decide(work: Assignments): Promise<void> {
  if (work.records.length === 0) return
  const decided = work.context.model.assigning() as Assign
  await within(work.records[0]!.path, () => decided(work))
}
