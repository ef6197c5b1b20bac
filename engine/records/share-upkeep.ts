import { recordAudit } from '../audit/record-audit.ts'
import type { Database, Executor } from '../db/database.ts'
import { listWorkspaces } from '../db/migrate.ts'
import type { PeriodicTask } from '../jobs/periodic.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { Observe } from '../observe.ts'

interface ShareUpkeepDeps {
  readonly db: Database
  /** The model in force in a workspace. */
  readonly modelOf: (workspace: string) => Promise<CompiledModel | undefined>
  readonly observe: Observe
}

/**
 * Every ten minutes, in every workspace: shares that have ended go, and those of people who were switched off, of teams
 * and roles that are gone, and of records that are there no more.
 */
export function shareUpkeepTask({ db, modelOf, observe }: ShareUpkeepDeps): PeriodicTask {
  return {
    name: 'share_upkeep',
    cron: '*/10 * * * *',
    async run(signal) {
      for (const { name } of await listWorkspaces(db)) {
        if (signal.aborted) return
        try {
          const model = await modelOf(name)
          if (model !== undefined) await sweepShares(db, model)
        } catch (error) {
          observe('fault', { during: `shares of ${name}`, error })
        }
      }
    },
  }
}

/** Deletes the shares that nobody has any more; those that had not ended are told in the audit. */
export async function sweepShares(db: Database, model: CompiledModel): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query({ text: `DELETE FROM ${model.schema}.tenon_share WHERE until <= now()` })
    await removeIdle(tx, model, idleHolders(model))
    for (const entity of model.entities.values()) {
      const isGone = `s.entity = '${entity.id}' AND NOT EXISTS (SELECT 1 FROM ${entity.table} r WHERE r."id" = s.record)`
      await removeIdle(tx, model, isGone)
    }
  })
}

/** Shares with people who cannot sign in, with teams in the recycle bin, with roles that are no more. */
function idleHolders(model: CompiledModel): string {
  const user = model.entities.get('user')!
  const team = model.entities.get('team')!
  const active = user.fields.get('active')?.columns[0]
  const roles = [...model.definitions.role.values()].flatMap(({ id }) =>
    id === undefined ? [] : `'${id}'::uuid`,
  )
  const people = `SELECT 1 FROM ${user.table} u WHERE u."id" = s.holder AND u."deleted_at" IS NULL AND u.${active} IS DISTINCT FROM false`
  const teams = `SELECT 1 FROM ${team.table} m WHERE m."id" = s.holder AND m."deleted_at" IS NULL`
  return (
    `CASE s.holder_kind WHEN 'user' THEN NOT EXISTS (${people}) WHEN 'team' THEN NOT EXISTS (${teams}) ` +
    `ELSE NOT s.holder = ANY(ARRAY[${roles.join(', ')}]::uuid[]) END`
  )
}

async function removeIdle(tx: Executor, model: CompiledModel, condition: string): Promise<void> {
  const { rows } = await tx.query<{
    readonly entity: string
    readonly record: string
    readonly kind: string
    readonly holder: string
    readonly edits: boolean
  }>({
    text:
      `DELETE FROM ${model.schema}.tenon_share s WHERE ${condition} ` +
      'RETURNING s.entity::text AS entity, s.record::text AS record, s.holder_kind AS kind, s.holder::text AS holder, s.edits',
  })
  await recordAudit(
    tx,
    model.schema,
    rows.map(({ entity, record, kind, holder, edits }) => ({
      action: 'unshared' as const,
      actor: undefined,
      via: 'system',
      record: { entity, id: record },
      details: { with: { kind, id: holder }, access: edits ? 'edit' : 'read' },
    })),
  )
}
