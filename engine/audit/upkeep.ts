import type { Database } from '../db/database.ts'
import { listWorkspaces } from '../db/migrate.ts'
import { quoteName } from '../db/values.ts'
import type { PeriodicTask } from '../jobs/periodic.ts'
import type { Observe } from '../observe.ts'
import { dropOldMonths, makeMonths, summarizeMonths } from './months.ts'
import { sealAudit } from './seal.ts'
import type { SealSecrets } from './seal-mac.ts'

/**
 * Each minute, in every workspace: new months are made ahead, complete rows sealed, old months dropped. Trouble in one
 * workspace, such as a lock that somebody holds for long, does not keep the others waiting.
 */
export function auditUpkeepTask(db: Database, secrets: SealSecrets, observe: Observe): PeriodicTask {
  return {
    name: 'audit_upkeep',
    cron: '* * * * *',
    async run(signal) {
      for (const { schema: name } of await listWorkspaces(db)) {
        if (signal.aborted) return
        const source = { db, schema: quoteName(name), secrets }
        try {
          await makeMonths(db, source.schema, new Date())
          await sealAudit(source, signal)
          await dropOldMonths(source)
          await summarizeMonths(db, source.schema, new Date())
        } catch (error) {
          observe('fault', { during: `audit of ${name}`, error })
        }
      }
    },
  }
}

/** Makes the months of every workspace at the start, before the first write needs one. */
export async function prepareAuditMonths(db: Database): Promise<void> {
  for (const { schema } of await listWorkspaces(db)) await makeMonths(db, quoteName(schema), new Date())
}
