import type { ConversionTarget, ScenarioDefinition, ScenarioStep } from '../types.ts'

export type ScenarioThen = NonNullable<ScenarioStep['then']>

/** What one step does; every step does one of these. */
export type Act =
  | 'create'
  | 'upsert'
  | 'webform'
  | 'event'
  | 'update'
  | 'delete'
  | 'restore'
  | 'convert'
  | 'merge'
  | 'press'
  | 'tick'
  | 'submit'
  | 'approve'
  | 'reject'
  | 'return'
  | 'withdraw'
  | 'import'
  | 'read'
  | 'list'
  | 'summarise'
  | 'report'
  | 'dashboard'
  | 'export'
  | 'wait'

interface ActKeys {
  /** Keys that say more of the act. */
  readonly besides: readonly (keyof ScenarioStep)[]
  /** What can be expected of it. */
  readonly expects: readonly (keyof ScenarioThen)[]
}

const REFUSAL = ['ok', 'problem', 'problems'] as const
const SEEN = ['visible', 'hidden'] as const
const STORED = [...REFUSAL, 'values', 'owner', 'tags', 'exists', ...SEEN, 'noted'] as const
const DECIDED = [...STORED, 'approval'] as const

/** Words about the approval of a record. */
export const APPROVAL_WORDS = ['submit', 'approve', 'reject', 'return', 'withdraw'] as const

/** The one record that a step names by its act. */
export function singleRecord(step: ScenarioStep): string | undefined {
  const word = APPROVAL_WORDS.find((act) => step[act] !== undefined)
  return (
    step.delete ??
    step.restore ??
    step.convert ??
    step.merge ??
    step.press ??
    step.tick ??
    step.read ??
    (word && step[word])
  )
}

/** Every act with the keys that belong to it. */
export const ACTS: Readonly<Record<Act, ActKeys>> = {
  create: { besides: ['as', 'name', 'duplicates'], expects: STORED },
  upsert: { besides: ['as', 'by', 'name', 'duplicates'], expects: STORED },
  webform: { besides: ['set', 'name'], expects: STORED },
  event: { besides: ['data', 'files'], expects: [] },
  update: { besides: ['as', 'set', 'add', 'duplicates'], expects: STORED },
  delete: { besides: ['as'], expects: STORED },
  restore: { besides: ['as', 'duplicates'], expects: STORED },
  convert: { besides: ['as', 'made', 'duplicates'], expects: STORED },
  merge: { besides: ['as', 'with'], expects: STORED },
  press: { besides: ['as', 'flow'], expects: STORED },
  tick: { besides: ['as', 'milestone', 'done'], expects: STORED },
  submit: { besides: ['as', 'comment'], expects: DECIDED },
  approve: { besides: ['as', 'comment'], expects: DECIDED },
  reject: { besides: ['as', 'comment'], expects: DECIDED },
  return: { besides: ['as', 'comment'], expects: DECIDED },
  withdraw: { besides: ['as', 'comment'], expects: DECIDED },
  import: { besides: ['as', 'duplicates'], expects: [...REFUSAL, ...SEEN, 'count'] },
  read: { besides: ['as'], expects: [...REFUSAL, 'values', 'absent', 'owner', 'tags', 'lane'] },
  list: { besides: ['as', 'filter', 'search'], expects: [...REFUSAL, ...SEEN, 'count'] },
  summarise: { besides: ['as', 'filter', 'group', 'measures'], expects: [...REFUSAL, 'rows'] },
  report: { besides: ['as', 'period', 'click'], expects: [...REFUSAL, ...SEEN, 'count', 'rows'] },
  dashboard: { besides: ['as'], expects: [...REFUSAL, 'count', 'rows'] },
  export: { besides: ['as', 'filter'], expects: [...REFUSAL, 'count'] },
  wait: { besides: [], expects: [] },
}

/** The acts that a step names: one, where it is right. */
export function actsOf(step: ScenarioStep): readonly Act[] {
  return (Object.keys(ACTS) as Act[]).filter((act) => step[act] !== undefined)
}

/** Those that nobody of the workspace does. */
export const OF_NOBODY: ReadonlySet<Act> = new Set<Act>(['webform', 'event', 'wait'])

const READING: readonly Act[] = ['read', 'list', 'summarise', 'report', 'dashboard', 'export']

/** Whether something can follow from a step: not from one that reads. */
export function mayWrite(step: ScenarioStep): boolean {
  return actsOf(step).some((act) => !READING.includes(act))
}

/** A record as it is written: its entity and its values. */
export interface MadeRecord {
  readonly entity: string
  readonly values: Readonly<Record<string, unknown>>
}

/** `{"account": {…}}` as entity and values. */
export function madeRecord(written: Readonly<Record<string, unknown>>): MadeRecord {
  const [entity = '', values] = Object.entries(written)[0] ?? []
  return { entity, values: isObject(values) ? values : {} }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What makes records besides steps that name their entity: web forms, and entities by what theirs become. */
export interface Makers {
  readonly webform: { get(name: string): { readonly entity: string } | undefined }
  readonly entity: {
    get(name: string): { readonly convert?: { readonly to: readonly ConversionTarget[] } } | undefined
  }
  /** What a report is about, where it is known. */
  readonly report?: { get(name: string): { readonly entity: string } | undefined }
}

/** The entity of every record that a scenario names, in `given` or by a step, before the step of that position. */
export function namedRecords(
  { given = {}, steps }: ScenarioDefinition,
  before: number,
  makers: Makers,
): ReadonlyMap<string, string> {
  const names = new Map(Object.entries(given).map(([name, made]) => [name, madeRecord(made).entity]))
  for (const step of steps.slice(0, before)) {
    const made = step.create ?? step.upsert
    const entity =
      made === undefined ? makers.webform.get(step.webform ?? '')?.entity : madeRecord(made).entity
    if (step.name !== undefined && entity !== undefined) names.set(step.name, entity)
    const targets = conversionTargets(step, names, makers)
    for (const [target, name] of Object.entries(step.made ?? {})) {
      const becomes = targets.find((one) => one.name === target)
      if (becomes !== undefined) names.set(name, becomes.entity)
    }
  }
  return names
}

/** What the record that a step converts becomes. */
export function conversionTargets(
  step: ScenarioStep,
  names: ReadonlyMap<string, string>,
  { entity }: Makers,
): readonly ConversionTarget[] {
  return entity.get(names.get(step.convert ?? '') ?? '')?.convert?.to ?? []
}

/** The records that an update changes. */
export function updatedNames(step: ScenarioStep): readonly string[] {
  if (step.update === undefined) return []
  return typeof step.update === 'string' ? [step.update] : step.update
}

/** The entity that a step is about; undefined for waiting and for a record of an unknown name. */
export function entityOfStep(
  step: ScenarioStep,
  names: ReadonlyMap<string, string>,
  makers: Makers,
): string | undefined {
  if (step.webform !== undefined) return makers.webform.get(step.webform)?.entity
  const made = step.create ?? step.upsert ?? step.import
  if (made !== undefined) return Object.keys(made)[0]
  const asked = step.list ?? step.summarise ?? step.export
  if (asked !== undefined) return asked
  return names.get(updatedNames(step)[0] ?? singleRecord(step) ?? '')
}
