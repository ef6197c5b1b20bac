import { type ParsedCronItem, parseCronItems, type TaskList } from 'graphile-worker'

/** Work that comes again by the clock; of several nodes one does it each time. */
export interface PeriodicTask {
  readonly name: string
  /** Minute, hour, day, month, weekday in UTC: `* * * * *` is each minute. */
  readonly cron: string
  /** @param signal comes when this node stops: leave the work as it is */
  run(signal: AbortSignal): Promise<void>
}

/** One try each time: what failed comes again with the next. A time that nobody was there for is not made up. */
export function cronItemsOf(tasks: readonly PeriodicTask[]): ParsedCronItem[] {
  return parseCronItems(
    tasks.map(({ name, cron }) => ({
      task: name,
      match: cron,
      identifier: name,
      options: { backfillPeriod: 0, maxAttempts: 1, jobKey: name, queueName: name },
    })),
  )
}

/** What the queue calls when such a task is due. */
export function periodicTaskList(
  tasks: readonly PeriodicTask[],
  signal: AbortSignal,
  onFault: (task: string, error: unknown) => void,
): TaskList {
  return Object.fromEntries(
    tasks.map((task) => [
      task.name,
      () => task.run(signal).catch((error: unknown) => onFault(task.name, error)),
    ]),
  )
}
