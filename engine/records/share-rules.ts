import { textIn } from '../../metadata/text.ts'
import type { SharingDefinition } from '../../metadata/types.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import { scopeTest } from '../access/scope-test.ts'
import { holdersOf } from '../access/shares.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'

/** A sharing definition that holds for a record. */
export interface ShareRule {
  readonly name: string
  readonly label: string
  readonly access: 'read' | 'edit'
  /** Labels of roles, names of teams, e-mail addresses of users. */
  readonly with?: readonly { readonly kind: 'role' | 'team' | 'user'; readonly label: string }[]
  /** The label of the lookup whose record is followed. */
  readonly through?: string
  /** Its rule asks who looks: it may hold for some of them and not for others. */
  readonly depends?: true
}

/** The sharing definitions that hold for a live record, whoever asks. */
export async function rulesOn(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
): Promise<readonly ShareRule[]> {
  const { model } = context
  const definitions = [...model.definitions.sharing.values()].filter((one) => one.entity === entity.name)
  if (definitions.length === 0) return []
  const parameters = createParameters()
  const items = definitions.map((one, index) => {
    return `(${conditionOf({ model, parameters }, entity, one)}) IS TRUE AS s${index}`
  })
  const text = `SELECT ${items.join(', ')} FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')}`
  const { rows } = await context.db.query<Record<string, boolean>>(
    bind(toPlan(text, parameters), context, { id }),
  )
  return definitions
    .filter((_, index) => rows[0]?.[`s${index}`] === true)
    .map((one) => presentRule(context, entity, one))
}

function conditionOf(
  source: Parameters<typeof rowTestSql>[0],
  entity: CompiledEntity,
  definition: SharingDefinition,
): string {
  const { through, when } = definition
  if (through !== undefined) return `t.${entity.fields.get(through)?.columns[0]} IS NOT NULL`
  if (when === undefined || asksActor(definition)) return 'true'
  return rowTestSql(source, scopeTest(source.model, entity, when as Record<string, unknown>), entity, 't')
}

function asksActor({ when }: SharingDefinition): boolean {
  return JSON.stringify(when ?? null).includes('"actor.')
}

function presentRule(
  { model, actor }: RequestContext,
  entity: CompiledEntity,
  definition: SharingDefinition,
): ShareRule {
  const { name, access, through } = definition
  const { language } = actor
  const label = textIn(model.translated.sharing.get(name)?.label ?? name, language, name)
  if (through !== undefined) {
    const field = entity.fields.get(through)
    return { name, label, access, through: textIn(field?.label ?? through, language, through) }
  }
  const people = holdersOf(definition).map(({ role, team, user }) => {
    if (team !== undefined) return { kind: 'team' as const, label: team }
    if (role === undefined) return { kind: 'user' as const, label: user ?? '' }
    const known = model.translated.role.get(role)?.label ?? role
    return { kind: 'role' as const, label: textIn(known, language, role) }
  })
  return { name, label, access, with: people, ...(asksActor(definition) ? { depends: true as const } : {}) }
}
