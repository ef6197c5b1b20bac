import type { RecordData } from '../../api/types.ts'
import type { UiLanguage } from '../../kit/remembered.ts'

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
/** A Monday: the days of a week from then on have the names that are wanted. */
const MONDAY = Date.UTC(2026, 0, 5)
const DAY_MS = 86_400_000

/** The days of a week as options, in a language's words. */
export function dayOptions(language: UiLanguage) {
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  return DAYS.map((name, index) => ({ name, label: format.format(new Date(MONDAY + index * DAY_MS)) }))
}

/** The time zones that this browser knows. */
export function zoneOptions() {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')].map((name) => ({
    name,
    label: name,
  }))
}

/** What people change about themselves. */
export interface ProfileDraft {
  readonly time_zone: unknown
  readonly working_days: unknown
  readonly works_from: unknown
  readonly works_until: unknown
  readonly absent_from: unknown
  readonly absent_until: unknown
  readonly deputy: unknown
}

export function draftOf(profile: RecordData): ProfileDraft {
  const value = (name: string): unknown => profile[name] ?? undefined
  const deputy = value('deputy')
  return {
    time_zone: value('time_zone'),
    working_days: value('working_days'),
    works_from: value('works_from'),
    works_until: value('works_until'),
    absent_from: value('absent_from'),
    absent_until: value('absent_until'),
    deputy: typeof deputy === 'object' ? ((deputy as { id?: string | null }).id ?? undefined) : deputy,
  }
}

/** What a draft changes of what is stored, as a merge patch: nothing is null. */
export function patchOf(stored: ProfileDraft, draft: ProfileDraft): Readonly<Record<string, unknown>> {
  const changed = Object.entries(draft).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(stored[name as keyof ProfileDraft]),
  )
  return Object.fromEntries(changed.map(([name, value]) => [name, value ?? null]))
}
