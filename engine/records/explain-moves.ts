import type { EntityAccess } from '../access/access.ts'
import type { RowTest } from '../access/row-test.ts'
import { labelOf } from '../forms/labels.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { Explained, Holds, Reason, RoleTests } from './explain.ts'
import { saidRights } from './explain-rights.ts'

/** Why a role moves a record into a stage: why it changes it, and which roles it asks for there besides itself. */
type MoveReason = Reason & { readonly by?: readonly string[] }

/** Whether somebody may bring a record into a stage, by the rights of roles: the pipeline itself may still refuse it. */
interface Move {
  readonly field: string
  readonly stage: string
  readonly label: string
  readonly allowed: boolean
  readonly because: readonly MoveReason[]
  /** Roles that change the record and do not move it there, with those of which one would be needed besides. */
  readonly withheld: readonly { readonly role: string; readonly by: readonly string[] }[]
}

const key = (field: CompiledField, stage: string): string => `enter ${field.name} ${stage}`

function stagesOf(entity: CompiledEntity, field: CompiledField) {
  return entity.pipelines.get(field.name)?.stages ?? []
}

/** Where each move holds, of records that may be changed. */
export function moveTests(
  rights: EntityAccess,
  entity: CompiledEntity,
): readonly (readonly [string, RowTest])[] {
  return [...entity.pipelines.keys()].flatMap((name) => {
    const field = entity.fields.get(name)!
    return stagesOf(entity, field).map(
      ({ name: stage }) => [key(field, stage), rights.entry(field, stage).edit] as const,
    )
  })
}

/**
 * Every stage of a field: who of the roles brings the record there, and which of those that change it do not.
 * @param reasonsFor why a role changes the record
 */
export function explainMoves(
  { asked, context, entity }: Explained,
  field: CompiledField,
  tests: readonly RoleTests[],
  holds: Holds,
  reasonsFor: (one: RoleTests) => readonly Reason[],
): readonly Move[] {
  const changing = tests.filter((one) => holds(one, 'update'))
  return stagesOf(entity, field).map((stage) => {
    const said = (role: string) =>
      saidRights(context.model, role, entity).transitions?.[stage.name]?.by.map((who) => who.role)
    const because = changing
      .filter((one) => holds(one, key(field, stage.name)))
      .flatMap((one) => {
        const by = said(one.role)
        return reasonsFor(one).map((reason): MoveReason => (by === undefined ? reason : { ...reason, by }))
      })
    const withheld = changing
      .filter((one) => !holds(one, key(field, stage.name)))
      .flatMap(({ role }) => {
        const by = said(role)
        return by === undefined ? [] : [{ role, by }]
      })
    return {
      field: field.name,
      stage: stage.name,
      label: labelOf(stage, asked.actor.language),
      allowed: because.length > 0,
      because,
      withheld,
    }
  })
}
