import type { Database } from '../db/database.ts'
import { listWorkspaces } from '../db/migrate.ts'
import type { FileStore } from '../files/file-store.ts'
import type { PeriodicTask } from '../jobs/periodic.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { Observe } from '../observe.ts'

export interface FilesUpkeepDeps {
  readonly db: Database
  /** The model in force in a workspace. */
  readonly modelOf: (workspace: string) => Promise<CompiledModel | undefined>
  readonly files: FileStore
  readonly observe: Observe
}

/** Each night, in every workspace: contents of files that no record names go, deleted ones that may be restored counted in. */
export function filesUpkeepTask({ db, modelOf, files, observe }: FilesUpkeepDeps): PeriodicTask {
  return {
    name: 'files_upkeep',
    cron: '43 3 * * *',
    async run(signal) {
      for (const { name } of await listWorkspaces(db)) {
        if (signal.aborted) return
        try {
          const model = await modelOf(name)
          if (model !== undefined)
            await files.sweep(name, (digests) => namedDigests(db, model, digests), signal)
        } catch (error) {
          observe('fault', { during: `files of ${name}`, error })
        }
      }
    },
  }
}

async function namedDigests(
  db: Database,
  model: CompiledModel,
  digests: readonly string[],
): Promise<ReadonlySet<string>> {
  const file = model.entities.get('file')!
  const digest = file.fields.get('digest')!.columns[0]
  const { rows } = await db.query<{ digest: string }>({
    text: `SELECT DISTINCT f.${digest} AS digest FROM ${file.table} f WHERE f.${digest} = ANY($1::text[])`,
    values: [digests],
  })
  return new Set(rows.map((row) => row.digest))
}
