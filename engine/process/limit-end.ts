import { parseDuration } from '../../metadata/rules/durations.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { shifted } from '../model/flow-schedule.ts'
import { addWorkingTime, workingHours } from '../model/working-time.ts'

/**
 * When a limit that counts from an instant is over: by the clock of the workspace, or in the working time of its calendar.
 * @returns undefined where the calendar's working time never comes
 */
export function limitEnd(
  { definitions, settings }: CompiledModel,
  { after, calendar: name }: { readonly after: string; readonly calendar?: string },
  from: Date,
): Date | undefined {
  const calendar = name === undefined ? undefined : definitions.calendar.get(name)
  if (calendar === undefined) return shifted(from, after, settings.timeZone)
  const parts = parseDuration(after)
  return parts === undefined
    ? undefined
    : addWorkingTime(from, parts, workingHours(calendar), settings.timeZone)
}
