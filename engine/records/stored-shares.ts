import { textIn } from '../../metadata/text.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import { holdersSql } from '../access/share-sql.ts'
import type { Executor } from '../db/database.ts'
import { instantSql } from '../db/values.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import type { HolderKind } from './parse-share.ts'
import { type Person, personSql, presentPerson } from './people.ts'
import { labelSql } from './select.ts'

/** One share of a record by hand, as it is told. */
export interface Share {
  readonly id: string
  readonly with: { readonly kind: HolderKind; readonly id: string; readonly label: string | null }
  readonly access: 'read' | 'edit'
  readonly until: string | null
  readonly remark: string | null
  readonly created_at: string
  readonly created_by: Person | null
}

interface ShareRow {
  readonly id: string
  readonly holder_kind: HolderKind
  readonly holder: string
  readonly user_label: string | null
  readonly team_label: string | null
  readonly edits: boolean
  readonly until: string | null
  readonly remark: string | null
  readonly created_at: string
  readonly created_by: string | null
  readonly by_label: string | null
}

interface SharedRecord {
  readonly entity: CompiledEntity
  readonly id: string
}

/**
 * The shares of a record that have not ended, oldest first. A role goes by its name; one that is gone is left out.
 * @param heldBy only those that this actor has, by themselves, a team or a role
 */
export async function readShares(
  context: RequestContext,
  runner: Executor,
  { entity, id }: SharedRecord,
  heldBy?: RequestContext,
): Promise<readonly Share[]> {
  const { model, access } = context
  const parameters = createParameters()
  const source = { model, access, parameters }
  const holder = personSql(model, access, 's.holder', 'hu')
  const by = personSql(model, access, 's.created_by', 'bu')
  const team = model.entities.get('team')!
  const seesTeam = rowTestSql(source, access.entity('team').read, team, 'ht')
  const held =
    heldBy === undefined
      ? ''
      : ` AND s.holder IN (SELECT h.id FROM (${holdersSql(source, roleIds(heldBy))}) h)`
  const text =
    `SELECT s.id::text AS id, s.holder_kind, s.holder::text AS holder, ${holder.label} AS user_label, ` +
    `${labelSql(source, team, 'ht')} AS team_label, s.edits, ` +
    `CASE WHEN s.until < 'infinity' THEN ${instantSql('s.until')} END AS until, s.remark, ` +
    `${instantSql('s.created_at')} AS created_at, s.created_by::text AS created_by, ${by.label} AS by_label ` +
    `FROM ${model.schema}.tenon_share s ${holder.join} ${by.join} ` +
    `LEFT JOIN ${team.table} ht ON ht."id" = s.holder AND ${seesTeam} ` +
    `WHERE s.record = ${parameters.open('record', 'uuid')} AND s.entity = '${entity.id}'::uuid ` +
    `AND s.until > ${parameters.now()}${held} ORDER BY s.created_at, s.id`
  const plan = toPlan(text, parameters)
  const { rows } = await runner.query<ShareRow>(bind(plan, heldBy ?? context, { record: id }))
  return rows.flatMap((row) => presentShare(context, row))
}

function roleIds({ model, actor }: RequestContext): readonly string[] {
  return actor.roles.flatMap((name) => model.definitions.role.get(name)?.id ?? [])
}

function presentShare(context: RequestContext, row: ShareRow): readonly Share[] {
  const holder = presentHolder(context, row)
  if (holder === undefined) return []
  return [
    {
      id: row.id,
      with: holder,
      access: row.edits ? 'edit' : 'read',
      until: row.until,
      remark: row.remark,
      created_at: row.created_at,
      created_by: presentPerson(row.created_by, row.by_label),
    },
  ]
}

function presentHolder({ model, actor }: RequestContext, row: ShareRow): Share['with'] | undefined {
  const { holder_kind: kind, holder } = row
  if (kind === 'user') return { kind, id: holder, label: row.user_label }
  if (kind === 'team') return { kind, id: holder, label: row.team_label }
  for (const { id, name } of model.definitions.role.values()) {
    if (id !== holder) continue
    const label = textIn(model.translated.role.get(name)?.label ?? name, actor.language, name)
    return { kind, id: name, label }
  }
  return undefined
}
