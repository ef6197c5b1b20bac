import { type CompiledRule, compileRule } from './compile-rule.ts'
import { type Decimal, round } from './decimal.ts'
import type { RuleEnvironment, RuleRecord } from './environment.ts'
import { pathsOf } from './paths-of.ts'
import type { TypedRule } from './types.ts'
import { RuleFault, type RuleValue, valueToJson } from './values.ts'

/** What is said of one field of a record by rules, each checked. Plain data: it goes to browsers as it is. */
export interface FieldRules {
  readonly field: string
  readonly visible?: TypedRule | undefined
  readonly required?: TypedRule | undefined
  readonly readOnly?: TypedRule | undefined
  /** What a new record begins with where nothing is said: a rule, or a value. */
  readonly default?: TypedRule | undefined
  readonly begins?: unknown
  readonly formula?: TypedRule | undefined
  /** Digits behind the point to which a formula is rounded, halves away from zero. */
  readonly decimals?: number | undefined
}

export interface SectionRule {
  readonly section: string
  readonly visible: TypedRule
}

export interface ValidationRule {
  readonly name: string
  /** Where its message stands; null: at the whole record. */
  readonly field: string | null
  readonly message: string
  readonly when?: TypedRule | undefined
  readonly must: TypedRule
}

export interface RecordRules {
  readonly fields: readonly FieldRules[]
  readonly sections: readonly SectionRule[]
  readonly validations: readonly ValidationRule[]
}

/** Stands for a value that is not here: what depends on it cannot be told. */
export const UNSEEN: unique symbol = Symbol('unseen')

/** What a part of a rule is asked for: what is stored decides conditions, what the actor sees gives defaults. */
export type Purpose = 'condition' | 'default'

/** The record that rules look at, as it stands in somebody's hands. */
export interface RecordWorld {
  readonly isNew: boolean
  /** What was said of a field; undefined where nothing was, null where it was cleared. */
  said(field: string): unknown
  /** What is stored; null for a new record. */
  stored(field: string): unknown
  /** The value behind a lookup: `account.region`. */
  related(path: string, purpose: Purpose): unknown
  /** What was before, by path. */
  before(path: string): unknown
  readonly environment: Omit<RuleEnvironment, 'record' | 'before'>
}

/** How a record looks by its rules. */
export interface RecordState {
  readonly hidden: ReadonlySet<string>
  readonly required: ReadonlySet<string>
  readonly locked: ReadonlySet<string>
  readonly hiddenSections: ReadonlySet<string>
  /** By field, what formulas give; not those that cannot be told. */
  readonly computed: ReadonlyMap<string, unknown>
  /** By field, what a new record begins with where nothing was said. */
  readonly defaults: ReadonlyMap<string, unknown>
  /** Validations that are not met. */
  readonly broken: readonly ValidationRule[]
}

/** One rule with what it gave last and for which values. */
interface Unit {
  readonly inputs: readonly string[]
  readonly run: CompiledRule
  readonly finish: (value: RuleValue) => unknown
  readonly purpose: Purpose
  last: readonly unknown[] | undefined
  value: unknown
  /** The round in which it was looked at last. */
  round: number
  isRunning: boolean
}

interface FieldUnits {
  readonly visible: Unit | undefined
  readonly required: Unit | undefined
  readonly readOnly: Unit | undefined
  readonly default: Unit | undefined
  readonly formula: Unit | undefined
  readonly begins: unknown
}

export interface RecordSession {
  /** The state of the record now. Only rules whose values changed since the last time are run. */
  judge(world: RecordWorld): RecordState
  /** The value of one field as it would be stored; `UNSEEN` where that cannot be told. */
  value(world: RecordWorld, field: string): unknown
  /** Rules that were run so far. */
  readonly runs: () => number
}

/** Begins to look at one record. The session keeps what each rule gave, so it belongs to one record alone. */
export function startRecordRules(rules: RecordRules): RecordSession {
  const units = new Map(rules.fields.map((said) => [said.field, unitsOf(said)]))
  const sections = rules.sections.map(({ section, visible }) => ({ section, unit: conditionUnit(visible) }))
  const validations = rules.validations.map((rule) => ({
    rule,
    when: rule.when === undefined ? undefined : conditionUnit(rule.when),
    must: conditionUnit(rule.must),
  }))
  let round = 0
  let runs = 0

  const valueIn = (world: RecordWorld, field: string): unknown => {
    const own = units.get(field)
    if (own === undefined) return world.said(field) ?? world.stored(field) ?? null
    if (own.formula !== undefined) return ask(world, own.formula)
    const closed = isClosed(world, own)
    const said = world.said(field)
    if (said !== undefined && !(closed === true)) return said
    if (!world.isNew || closed === true) return world.stored(field) ?? null
    if (own.default === undefined) return own.begins ?? null
    return closed === UNSEEN ? UNSEEN : ask(world, own.default)
  }
  /** Whether a field is hidden or locked; what is asked within its own answer is not. */
  const isClosed = (world: RecordWorld, { visible, readOnly }: FieldUnits): unknown => {
    const shown = visible === undefined || visible.isRunning ? true : ask(world, visible)
    const locked = readOnly === undefined || readOnly.isRunning ? false : ask(world, readOnly)
    if (shown === false || locked === true) return true
    return shown === UNSEEN || locked === UNSEEN ? UNSEEN : false
  }
  const input = (world: RecordWorld, unit: Unit, path: string): unknown => {
    if (path.startsWith('before.')) return world.before(path.slice('before.'.length))
    return path.includes('.') ? world.related(path, unit.purpose) : valueIn(world, path)
  }
  const ask = (world: RecordWorld, unit: Unit): unknown => {
    if (unit.round === round || unit.isRunning) return unit.isRunning ? null : unit.value
    unit.isRunning = true
    const values = unit.inputs.map((path) => input(world, unit, path))
    unit.isRunning = false
    unit.round = round
    const { last } = unit
    if (last?.every((value, index) => same(value, values[index])) === true) return unit.value
    unit.last = values
    unit.value = values.includes(UNSEEN) ? UNSEEN : runUnit(world, unit, values)
    return unit.value
  }
  const runUnit = (world: RecordWorld, unit: Unit, values: readonly unknown[]): unknown => {
    runs++
    const at = (prefix: string): RuleRecord => ({
      read: (path) => values[unit.inputs.indexOf(prefix + path.join('.'))] ?? null,
    })
    return unit.finish(unit.run({ ...world.environment, record: at(''), before: at('before.') }))
  }
  return {
    runs: () => runs,
    value(world, field) {
      round++
      return valueIn(world, field)
    },
    judge(world) {
      round++
      const named = (key: 'visible' | 'required' | 'readOnly', wanted: boolean) =>
        new Set(
          [...units].filter(([, own]) => own[key] && ask(world, own[key]) === wanted).map(([name]) => name),
        )
      const values = (isWanted: (own: FieldUnits) => boolean) =>
        new Map(
          [...units]
            .filter(([, own]) => isWanted(own))
            .map(([name]) => [name, valueIn(world, name)] as const)
            .filter(([, value]) => value !== UNSEEN),
        )
      return {
        hidden: named('visible', false),
        required: named('required', true),
        locked: named('readOnly', true),
        hiddenSections: new Set(
          sections.filter(({ unit }) => ask(world, unit) === false).map(({ section }) => section),
        ),
        computed: values((own) => own.formula !== undefined),
        defaults: world.isNew ? values((own) => own.default !== undefined) : new Map(),
        broken: validations
          .filter(
            ({ when, must }) =>
              (when === undefined || ask(world, when) === true) && ask(world, must) === false,
          )
          .map(({ rule }) => rule),
      }
    },
  }
}

function unitsOf(said: FieldRules): FieldUnits {
  const condition = (rule: TypedRule | undefined) => (rule === undefined ? undefined : conditionUnit(rule))
  return {
    visible: condition(said.visible),
    required: condition(said.required),
    readOnly: condition(said.readOnly),
    default: said.default && unitOf(said.default, 'default', (value) => defaultJson(value, said.default!)),
    formula: said.formula && unitOf(said.formula, 'condition', formulaJson(said.formula, said.decimals)),
    begins: said.begins,
  }
}

function conditionUnit(rule: TypedRule): Unit {
  return unitOf(rule, 'condition', (value) => value === true)
}

function unitOf(rule: TypedRule, purpose: Purpose, finish: Unit['finish']): Unit {
  return {
    inputs: inputsOf(rule),
    run: compiled(rule),
    finish,
    purpose,
    last: undefined,
    value: undefined,
    round: 0,
    isRunning: false,
  }
}

/** What of a record a rule looks at: own fields, relatives, lists, and what was `before.`. */
export function inputsOf(rule: TypedRule): readonly string[] {
  const { own, related, lists, before } = pathsOf(rule)
  return [...own, ...related, ...lists.keys(), ...[...before].map((path) => `before.${path}`)]
}

const runs = new WeakMap<TypedRule, CompiledRule>()

/** Rules of a model outlive the records that they are asked of. */
function compiled(rule: TypedRule): CompiledRule {
  let run = runs.get(rule)
  if (run === undefined) {
    run = compileRule(rule)
    runs.set(rule, run)
  }
  return run
}

/** An error is no value to begin with. */
function defaultJson(value: RuleValue, rule: TypedRule): unknown {
  return value instanceof RuleFault ? null : valueToJson(value, rule.type)
}

/** JSON numbers of more digits do not come back as they went out. */
const MOST_DIGITS = 15

function formulaJson({ type }: TypedRule, decimals = 0): Unit['finish'] {
  if (type === 'boolean')
    return (value) => (value instanceof RuleFault ? valueToJson(value, type) : value === true)
  if (type !== 'number') return (value) => valueToJson(value, type)
  return (value) => {
    if (value === null || value instanceof RuleFault) return valueToJson(value, type)
    const json = valueToJson(round(value as Decimal, decimals), type)
    return Math.abs(Number(json)) >= 10 ** (MOST_DIGITS - decimals) ? { error: 'out_of_range' } : json
  }
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return JSON.stringify(a) === JSON.stringify(b)
}
