import type { Database } from './database.ts'
import { quoteName } from './values.ts'

/**
 * What every session of ours needs, as `name → value`: answers must read the same wherever the server's own
 * settings point.
 */
export const SESSION_SETTINGS = { timezone: 'UTC', datestyle: 'ISO', intervalstyle: 'iso_8601' } as const

/**
 * Makes our settings the defaults of our role in this database, past the pooler. A pooler refuses them in the first
 * packet and follows only some of them when they are set later (PgBouncer the IntervalStyle from 1.20 on, the
 * limit of a statement's time never). To be called before anything goes through the pooler.
 * @param limitMs milliseconds for one statement
 * @throws AppError HTTP_UNAVAILABLE when the server cannot be reached past the pooler
 */
export async function setRoleDefaults(db: Database, limitMs = 30_000): Promise<void> {
  const settings = { ...SESSION_SETTINGS, statement_timeout: String(Math.round(limitMs)) }
  await db.transaction(
    async (tx) => {
      const { rows } = await tx.query<{ name: string; role: string }>({
        text: 'SELECT current_database() AS name, current_user AS role',
      })
      const [place] = rows
      if (place === undefined) return
      const role = `${quoteName(place.role)} IN DATABASE ${quoteName(place.name)}`
      const lines = Object.entries(settings).map(
        ([name, value]) => `ALTER ROLE ${role} SET ${name} = '${value}'`,
      )
      await tx.query({ text: lines.join('; ') })
    },
    { direct: true },
  )
}
