import type { PeriodicTask } from '../../jobs/periodic.ts'
import type { Observe } from '../../observe.ts'
import { type BackupSource, makeBackup } from './make-backup.ts'
import { backupName, backupNames, pruneBackups } from './manifest.ts'

export interface DailySource extends BackupSource {
  /** For so many days each is kept; more than 0. */
  readonly days: number
  /** Such as `02:30`, by the clock of this machine. */
  readonly at: string
  readonly observe: Observe
  readonly now?: () => Date
}

/**
 * One backup a day. It is looked for every ten minutes, so that one whose time nobody was there for (a machine that is off
 * at night), or that failed, is made up as soon as it can be.
 */
export function dailyBackupTask(source: DailySource): PeriodicTask {
  const { folder, days, observe, now = () => new Date() } = source
  return {
    name: 'daily_backup',
    cron: '*/10 * * * *',
    async run(signal) {
      const [newest = ''] = await backupNames(folder)
      if (newest >= backupName(lastDue(source.at, now()))) return
      const { name, size, seconds } = await makeBackup(source, { cause: 'daily', signal, now })
      observe('backup', { name, size, seconds })
      await pruneBackups(folder, days, now())
    },
  }
}

/**
 * The last moment at which the clock of this machine showed that time.
 * @param at such as `02:30`
 */
export function lastDue(at: string, now: Date): Date {
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  const due = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour, minute)
  return due <= now ? due : new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, hour, minute)
}
