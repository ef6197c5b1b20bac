import { plainRecord } from '../../metadata/rules/environment.ts'
import { type RecordState, type RecordWorld, UNSEEN } from '../../metadata/rules/record-rules.ts'
import type { FormDescription, FormRules } from '../api/types.ts'
import type { Draft } from './draft.ts'
import { type FormData, fieldsOf } from './form-data.ts'
import type { FormProblem } from './problems.ts'

/** What is behind lookups, by lookup: of which record, and what the person sees of it. */
export type Relatives = ReadonlyMap<
  string,
  {
    readonly id: string
    readonly values: Readonly<Record<string, unknown>>
    readonly unseen: readonly string[]
  }
>

/** The record as the draft makes it, for the rules of its form. */
export function worldOf(
  form: FormDescription,
  draft: Draft,
  isNew: boolean,
  relatives: Relatives,
): RecordWorld {
  const { rules } = form
  const asked = new Set(fieldsOf(form.schema))
  const byRule = new Set(
    rules.fields.flatMap(({ field, default: rule }) => (rule === undefined ? [] : [field])),
  )
  const unseen = new Set(rules.unseen)
  const kept = (path: string) => (unseen.has(path) ? UNSEEN : (rules.values[path] ?? null))
  return {
    isNew,
    said(field) {
      if (!asked.has(field)) return undefined
      // A rule says what it begins with until somebody does.
      if (isNew && byRule.has(field) && !draft.touched.has(field)) return undefined
      return draft.data[field] ?? null
    },
    stored: (field) => (asked.has(field) ? (draft.base[field] ?? null) : kept(field)),
    related(path) {
      const lookup = path.split('.')[0]!
      if (!asked.has(lookup)) return kept(path)
      const id = draft.data[lookup]
      if (typeof id !== 'string') return null
      const found = relatives.get(lookup)
      if (found?.id === id) return found.unseen.includes(path) ? UNSEEN : (found.values[path] ?? null)
      return id === draft.base[lookup] && !isNew ? kept(path) : UNSEEN
    },
    before: (path) => (isNew ? null : kept(path)),
    environment: environmentOf(rules),
  }
}

function environmentOf(rules: FormRules): RecordWorld['environment'] {
  const { calendar } = rules
  return {
    actor: plainRecord(rules.actor),
    settings: plainRecord(rules.settings),
    now: Date.parse(rules.now),
    today: rules.today,
    timeZone: rules.time_zone,
    ...(calendar === undefined
      ? {}
      : {
          calendar: {
            weekdays: new Set(calendar.weekdays),
            holidays: new Set(calendar.holidays),
            workdays: new Set(calendar.workdays),
          },
        }),
  }
}

/** The lookups of which the rules need more than is here. */
export function missingRelatives(
  form: FormDescription,
  draft: Draft,
  isNew: boolean,
  relatives: Relatives,
): readonly { readonly lookup: string; readonly id: string }[] {
  const asked = new Set(fieldsOf(form.schema))
  const lookups = new Set(form.rules.relatives.map((path) => path.split('.')[0]!))
  return [...lookups].flatMap((lookup) => {
    const id = draft.data[lookup]
    if (!asked.has(lookup) || typeof id !== 'string' || relatives.get(lookup)?.id === id) return []
    return !isNew && id === draft.base[lookup] ? [] : [{ lookup, id }]
  })
}

/** The fields that are not sent: hidden ones, those in a hidden section, locked ones, beginnings that nobody touched. */
export function keptBack(form: FormDescription, draft: Draft, state: RecordState): ReadonlySet<string> {
  const untouched = [...state.defaults.keys()].filter((field) => !draft.touched.has(field))
  return new Set([...hiddenFields(form, state), ...state.locked, ...untouched])
}

export function hiddenFields(form: FormDescription, state: RecordState): ReadonlySet<string> {
  const sections = (form.uiSchema['ui:sections'] ?? []) as readonly {
    readonly name: string
    readonly fields: readonly string[]
  }[]
  const within = sections.filter(({ name }) => state.hiddenSections.has(name)).flatMap(({ fields }) => fields)
  return new Set([...state.hidden, ...within])
}

/** The draft's values as the form shows them: what begins by rule and was not touched follows its rule. */
export function shownData(draft: Draft, state: RecordState): FormData {
  const begun = [...state.defaults].filter(([field]) => !draft.touched.has(field))
  if (begun.length === 0) return draft.data
  return { ...draft.data, ...Object.fromEntries(begun.map(([field, value]) => [field, value ?? undefined])) }
}

/**
 * What the rules find wrong, at its field: all of it once saving was tried; before that what concerns steps that were
 * left, and the validations of fields that were.
 */
export function ruleProblems(
  form: FormDescription,
  draft: Draft,
  state: RecordState,
  requiredText: string,
  isAttempted = draft.attempted,
): readonly FormProblem[] {
  const shown = new Set(fieldsOf(form.schema))
  const hidden = hiddenFields(form, state)
  const always = new Set((form.schema.required ?? []) as readonly string[])
  const data = shownData(draft, state)
  const isTold = (field: string): boolean => isAttempted || draft.checked.has(field)
  const missing = [...dueFields(form, state)].filter(
    (field) => isTold(field) && !hidden.has(field) && !always.has(field) && isBlank(data[field]),
  )
  const broken = state.broken.filter(
    ({ field }) => isAttempted || (field !== null && (isTold(field) || draft.left.has(field))),
  )
  return [
    ...missing.map((field) => ({ field, message: requiredText, source: 'check' as const })),
    ...broken.map(({ field, message }) => ({
      field: field !== null && shown.has(field) ? field : undefined,
      message,
      source: 'check' as const,
    })),
  ]
}

/** Fields that a value is asked of by rule: those required where shown, and those required by a condition. */
export function dueFields(form: FormDescription, state: RecordState): ReadonlySet<string> {
  const whereShown = form.rules.requiredWhereShown.filter((field) => !state.hidden.has(field))
  return new Set([...state.required, ...whereShown])
}

function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}
