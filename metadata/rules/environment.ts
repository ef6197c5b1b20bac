import type { WorkingCalendar } from './working-days.ts'

/** A record as rules read it. */
export interface RuleRecord {
  /**
   * The value at a path of field names, its lookups followed, as JSON in the form of the API; null or undefined where
   * there is none. A path to records that point here gives a list of `RuleRecord`, the oldest first.
   */
  read(path: readonly string[]): unknown
}

/** Everything that a rule's value depends on. Nothing else is looked at: no clock, no machine's time zone. */
export interface RuleEnvironment {
  readonly record: RuleRecord
  /** The stored state that a write replaces; absent where there is none, as on creation: then all of it is null. */
  readonly before?: RuleRecord
  /** The actor's own record, `teams` and `roles` included; absent where nobody acts. */
  readonly actor?: RuleRecord
  readonly settings?: RuleRecord
  /** The instant of the question, milliseconds since 1970-01-01T00:00Z. */
  readonly now: number
  /** The workspace's day, `YYYY-MM-DD`. */
  readonly today: string
  /** The workspace's time zone by its IANA name. */
  readonly timeZone: string
  /** Which days are worked; Monday to Friday where it is absent. */
  readonly calendar?: WorkingCalendar
}

/** Plain values by field name, or by whole path (`account.region`), lists of plain values for related records. */
export type PlainValues = Readonly<Record<string, unknown>>

/** A record made of plain values. Names come from users: only own keys count. */
export function plainRecord(values: PlainValues): RuleRecord {
  return { read: (path) => readPlain(values, path) }
}

function readPlain(values: PlainValues, path: readonly string[]): unknown {
  const whole = path.join('.')
  if (Object.hasOwn(values, whole)) return related(values[whole])
  const [step = '', ...rest] = path
  const next = rest.length > 0 && Object.hasOwn(values, step) ? values[step] : undefined
  if (typeof next !== 'object' || next === null || Array.isArray(next)) return undefined
  return readPlain(next as PlainValues, rest)
}

function related(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((item: unknown) =>
    typeof item === 'object' && item !== null && !('read' in item) ? plainRecord(item as PlainValues) : item,
  )
}

export const EMPTY_RECORD: RuleRecord = Object.freeze({ read: () => null })
