import type { ProblemItem } from '../api/problem.ts'
import type { RecordData } from '../api/types.ts'
import { type Comparison, merge } from './conflict.ts'
import { type FormData, same } from './form-data.ts'
import type { FormProblem } from './problems.ts'

/** Somebody else saved first: what they stored, and where the two sides differ. */
export interface Conflict {
  readonly comparison: Comparison
  readonly theirs: FormData
  readonly version: number | undefined
  /** What they stored, with the names of what it leads to. */
  readonly record: RecordData
  /** Looked at before anything was sent: the choice goes into the form. */
  readonly isEarly?: boolean
}

/** A form that is being filled in. */
export interface Draft {
  /** What is stored, and its version; empty while creating. */
  readonly base: FormData
  readonly version: number | undefined
  /** What the form began with: defaults and presets are no work of the person's that could be lost. */
  readonly begun: FormData
  readonly data: FormData
  /** Found by the validator. */
  readonly found: readonly FormProblem[]
  /** Told by the server. */
  readonly refused: readonly FormProblem[]
  /** What a widget cannot read yet (broken JSON), by field. */
  readonly faults: ReadonlyMap<string, string>
  /** Fields to which the person or a link gave a value: what begins by rule follows its rule until then. */
  readonly touched: ReadonlySet<string>
  /** Fields that were gone through: what is wrong there is told. */
  readonly left: ReadonlySet<string>
  /** Fields of steps that were left: what is wrong or missing there is told. */
  readonly checked: ReadonlySet<string>
  /** Fields that a text has filled and nobody has looked over since. */
  readonly filled: ReadonlySet<string>
  /** Saving was tried; from then on every change is checked. */
  readonly attempted: boolean
  readonly conflict: Conflict | undefined
  /** Like records that are there already, about which the person is asked. */
  readonly alike: readonly ProblemItem[] | undefined
}

export type DraftAction =
  | {
      readonly kind: 'changed'
      readonly data: FormData
      readonly field: string | undefined
      readonly found: readonly FormProblem[]
    }
  | { readonly kind: 'filled'; readonly values: FormData }
  | { readonly kind: 'adopted'; readonly values: FormData }
  | { readonly kind: 'restored'; readonly kept: KeptDraft }
  | { readonly kind: 'dropped'; readonly stored: Omit<DraftStart, 'presets'> | undefined }
  | { readonly kind: 'left'; readonly field: string }
  | {
      readonly kind: 'checked'
      readonly fields: readonly string[]
      readonly found: readonly FormProblem[]
    }
  | { readonly kind: 'faulted'; readonly field: string; readonly message: string | undefined }
  | { readonly kind: 'found'; readonly problems: readonly FormProblem[] }
  | { readonly kind: 'sending' }
  | { readonly kind: 'refused'; readonly problems: readonly FormProblem[] }
  | {
      readonly kind: 'found_alike'
      readonly alike: readonly ProblemItem[]
      readonly problems: readonly FormProblem[]
    }
  | { readonly kind: 'conflicted'; readonly conflict: Conflict }
  | { readonly kind: 'settled'; readonly mine: ReadonlySet<string>; readonly fields: readonly string[] }
  | { readonly kind: 'put_off' }

/** What somebody had changed in a form, and what was stored then. */
export interface KeptDraft {
  /** Null for what was cleared. */
  readonly values: FormData
  /** What was stored in these fields; null where there was nothing. */
  readonly base: FormData
  readonly version: number | undefined
}

export interface DraftStart {
  readonly base: FormData
  readonly presets: FormData
  readonly version: number | undefined
}

export function startDraft({ base, presets, version }: DraftStart): Draft {
  const data = { ...base, ...presets }
  return {
    base,
    version,
    begun: data,
    data,
    found: [],
    refused: [],
    faults: new Map(),
    touched: new Set(Object.keys(presets)),
    left: new Set(),
    checked: new Set(),
    filled: new Set(),
    attempted: false,
    conflict: undefined,
    alike: undefined,
  }
}

const handlers: {
  readonly [K in DraftAction['kind']]: (draft: Draft, action: Extract<DraftAction, { kind: K }>) => Draft
} = {
  changed: (draft, { data, field, found }) => ({
    ...draft,
    data,
    touched:
      field === undefined || draft.touched.has(field) ? draft.touched : new Set([...draft.touched, field]),
    found: draft.attempted ? found : found.filter(({ field }) => isChecked(draft.checked, field)),
    filled: field === undefined || !draft.filled.has(field) ? draft.filled : without(draft.filled, field),
    // What the server said of a field is answered by changing it.
    refused: draft.refused.filter(
      (problem) =>
        problem.field !== undefined &&
        problem.field !== field &&
        same(data[problem.field], draft.data[problem.field]),
    ),
  }),
  filled: (draft, { values }) => ({
    ...draft,
    data: { ...draft.data, ...values },
    touched: new Set([...draft.touched, ...Object.keys(values)]),
    filled: new Set([...draft.filled, ...Object.keys(values)]),
    refused: draft.refused.filter(({ field }) => field !== undefined && !(field in values)),
  }),
  // What the form asks for only now begins as if it had been asked for from the beginning.
  adopted: (draft, { values }) => {
    const fresh = Object.entries(values).filter(([name]) => !(name in draft.data) && !draft.touched.has(name))
    if (fresh.length === 0) return draft
    const begun = Object.fromEntries(fresh)
    return { ...draft, data: { ...draft.data, ...begun }, begun: { ...draft.begun, ...begun } }
  },
  // On what it was typed on: what somebody else has stored since is compared with it, never lost under it.
  restored: (draft, { kept: { values, base, version } }) => ({
    ...draft,
    data: withValues(draft.data, values),
    base: draft.version === undefined ? draft.base : withValues(draft.base, base),
    version: draft.version === undefined ? undefined : (version ?? draft.version),
    touched: new Set([...draft.touched, ...Object.keys(values)]),
  }),
  dropped: (draft, { stored }) => ({
    ...draft,
    ...(stored === undefined ? { data: draft.begun } : { ...stored, begun: stored.base, data: stored.base }),
    ...{ found: [], refused: [], filled: new Set(), faults: new Map() },
  }),
  left: (draft, { field }) =>
    draft.left.has(field) ? draft : { ...draft, left: new Set([...draft.left, field]) },
  checked: (draft, { fields, found }) => {
    const checked = new Set([...draft.checked, ...fields])
    return draft.attempted
      ? { ...draft, checked }
      : { ...draft, checked, found: found.filter(({ field }) => isChecked(checked, field)) }
  },
  faulted: (draft, { field, message }) => {
    if (draft.faults.get(field) === message) return draft
    const faults = new Map(draft.faults)
    if (message === undefined) faults.delete(field)
    else faults.set(field, message)
    return { ...draft, faults }
  },
  found: (draft, { problems }) => ({ ...draft, attempted: true, found: problems, refused: [] }),
  sending: (draft) => ({ ...draft, attempted: true, found: [], alike: undefined }),
  refused: (draft, { problems }) => ({ ...draft, refused: problems }),
  found_alike: (draft, { alike, problems }) => ({ ...draft, alike, refused: problems }),
  conflicted: (draft, { conflict }) => ({ ...draft, conflict }),
  settled: (draft, { mine, fields }) => {
    if (draft.conflict === undefined) return draft
    const { theirs, version } = draft.conflict
    const shown = Object.entries(theirs).filter(([name]) => !fields.includes(name))
    const merged = merge(fields, draft.base, draft.data, theirs, mine)
    const data = { ...Object.fromEntries(shown), ...merged }
    return { ...draft, data, base: theirs, begun: theirs, version, conflict: undefined }
  },
  put_off: (draft) => ({ ...draft, conflict: undefined, alike: undefined }),
}

const isChecked = (checked: ReadonlySet<string>, field: string | undefined): boolean =>
  field !== undefined && checked.has(field)

/** With other values; without those that are null. */
function withValues(data: FormData, values: FormData): FormData {
  return Object.fromEntries(Object.entries({ ...data, ...values }).filter(([, value]) => value !== null))
}

function without(fields: ReadonlySet<string>, field: string): ReadonlySet<string> {
  return new Set([...fields].filter((other) => other !== field))
}

/** The draft after something happened to it. */
export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  const handle = handlers[action.kind] as (draft: Draft, action: DraftAction) => Draft
  return handle(draft, action)
}

export const isDirty = (draft: Draft): boolean => !same(draft.data, draft.begun)

const faultProblems = (draft: Draft): readonly FormProblem[] =>
  [...draft.faults].map(([field, message]) => ({ field, message, source: 'widget' }))

/** For the fields: what the validator does not find itself, which before a first refusal is not asked by itself. */
export const extraProblems = (draft: Draft): readonly FormProblem[] => [
  ...faultProblems(draft),
  ...(draft.attempted ? [] : draft.found),
  ...draft.refused,
]

/** For the top of the form: all that keeps it from being saved. */
export const allProblems = (draft: Draft): readonly FormProblem[] => [
  ...faultProblems(draft).filter(({ field }) => draft.attempted || isChecked(draft.checked, field)),
  ...draft.found,
  ...draft.refused,
]
