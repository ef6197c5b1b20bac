import type { JobTask } from '../../jobs/run-job.ts'
import type { Observe } from '../../observe.ts'
import { type BackupSource, makeBackup } from './make-backup.ts'

export const MAKE_BACKUP = 'make_backup'

/** The job of a backup that somebody asked for; cut off, the next try begins anew. */
export function backupTask(source: BackupSource, observe: Observe): JobTask {
  return {
    kind: MAKE_BACKUP,
    async run({ signal, progress }) {
      const made = await makeBackup(source, { cause: 'asked', signal, progress })
      observe('backup', { name: made.name, size: made.size, seconds: made.seconds })
      return made
    },
  }
}
