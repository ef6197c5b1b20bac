import type { IconName } from '../../runtime-ui/kit/icons/paths.ts'
import type { Json } from '../store/json-value.ts'

/** The ways in which a flow is set off, the most usual first. */
export const TRIGGER_FORMS = ['record', 'time', 'button', 'schedule', 'approval', 'event'] as const
export type TriggerForm = (typeof TRIGGER_FORMS)[number]

interface Form {
  readonly icon: IconName
  /** What it says, besides what every form may say. */
  readonly keys: readonly string[]
  /** What is kept where another form becomes this one. */
  readonly keeps: readonly string[]
  readonly begins: Json
}

export const FORMS: Readonly<Record<TriggerForm, Form>> = {
  record: {
    icon: 'edit',
    keys: ['record', 'on', 'fields', 'via', 'when'],
    keeps: ['record', 'when'],
    begins: { on: ['created'] },
  },
  time: {
    icon: 'calendar',
    keys: ['record', 'time', 'when'],
    keeps: ['record', 'when'],
    begins: { time: { before: 'P3D' } },
  },
  button: {
    icon: 'bolt',
    keys: ['record', 'button', 'when'],
    keeps: ['record', 'when'],
    begins: { button: {} },
  },
  schedule: { icon: 'clock', keys: ['schedule'], keeps: [], begins: { schedule: { every: 'P1D' } } },
  approval: {
    icon: 'check',
    keys: ['approval', 'on', 'when'],
    keeps: [],
    begins: { approval: '', on: ['approved'] },
  },
  event: { icon: 'link', keys: ['event', 'gives'], keeps: [], begins: { event: '' } },
}

/** How a flow is set off; undefined where nothing is said yet. */
export function formOf(trigger: unknown): TriggerForm | undefined {
  const said = Object.keys(Object(trigger))
  if (said.length === 0) return undefined
  const named = (['time', 'button', 'schedule', 'approval', 'event'] as const).find((key) =>
    said.includes(key),
  )
  return named ?? 'record'
}

/** A trigger of another form, with what both may say. */
export function begun(form: TriggerForm, trigger: Json): Json {
  const kept = FORMS[form].keeps.filter((key) => trigger[key] !== undefined)
  return { ...Object.fromEntries(kept.map((key) => [key, trigger[key]])), ...FORMS[form].begins }
}

/** What triggers of other forms say, and this one does not: not to be offered unless it stands there. */
export function strangeTo(form: TriggerForm, trigger: Json): ReadonlySet<string> {
  const all = new Set(TRIGGER_FORMS.flatMap((one) => FORMS[one].keys))
  return new Set([...all].filter((key) => !FORMS[form].keys.includes(key) && trigger[key] === undefined))
}
