import type { FlowStep } from '../../metadata/text.ts'
import type { Language, LocalText } from '../errors.ts'
import type { JsonSchema } from './field-type.ts'

export type { FlowStep } from '../../metadata/text.ts'

/**
 * What a parameter of an action is to the model. The check of rules and paths, where-used, renames and the editor follow
 * from it, for actions of plugins as for the engine's own:
 *
 * - `plain`: nothing but its schema
 * - `entity`: the name of an entity
 * - `record`: the way to a record: a lookup of the record that the flow is about (`account`), `item` within `for_each`,
 *   a record of an earlier step (`steps.made`, `steps.found.first`); each may go on through lookups
 * - `records`: the way to several: an inverse relation (`quotes`), a list of an earlier step (`steps.found.records`)
 * - `values`: values by field of the target, each a value slot
 * - `amounts`: by field of the target, what is added
 * - `field`: a field of the target
 * - `sort`: fields of the target in an order, with - in front for descending
 * - `condition`: a rule over the record at hand, `item.*`, `steps.*`, `before.*`, `actor.*`
 * - `filter`: a rule over records of the target; the flow's record is `record.*`
 * - `people`: who, in the one form of people
 * - `limit`: `{"after", "since"?}` or `{"before", "field"}`
 * - `flow`, `message`, `document`, `connection`: the name of one; of a connection `operation` is one of its operations
 * - `event`: `connection.event`
 * - `slot`: a value slot, with further slots within its lists and objects
 * - `steps`: a list of further steps
 */
export type ParameterUse =
  | 'plain'
  | 'entity'
  | 'record'
  | 'records'
  | 'values'
  | 'amounts'
  | 'field'
  | 'sort'
  | 'condition'
  | 'filter'
  | 'people'
  | 'limit'
  | 'flow'
  | 'message'
  | 'document'
  | 'connection'
  | 'event'
  | 'slot'
  | 'steps'

export interface ActionParameter {
  readonly is: ParameterUse
  readonly label: LocalText
  readonly description: LocalText
  readonly required?: boolean
  /** The JSON Schema of the value, where its use does not say it. */
  readonly schema?: JsonSchema
}

/** A record by its entity's name and its id. */
export interface RecordRef {
  readonly entity: string
  readonly id: string
}

/** What came of a step. */
export type StepResult =
  /** It is done; what it gives is known to later steps as `steps.<name>.…`. */
  | { readonly kind: 'done'; readonly output?: Readonly<Record<string, unknown>> }
  /** Its steps are taken now: of a parameter of the use `steps`, once or once for each record. */
  | { readonly kind: 'enter'; readonly block: string; readonly over?: readonly RecordRef[] }
  /** Nothing happens until then, or until the record changes; then the step is asked again. */
  | { readonly kind: 'wait'; readonly until: Date }
  /** The flow ends here. */
  | { readonly kind: 'stop' }

/** What a step may do, by the flow's own rights, in the transaction that holds its journal. */
export interface StepContext {
  readonly now: Date
  /** Since when the step waits; undefined when it is asked for the first time. */
  readonly waitingSince: Date | undefined
  /** Whether nothing of it stays: what leaves the database is told and not done. */
  readonly isSimulated: boolean
  holds(rule: unknown): Promise<boolean>
  /** A value slot worked out. */
  value(slot: unknown): Promise<unknown>
  /** A value slot with those within it. */
  slots(slot: unknown): Promise<unknown>
  /** Value slots by field as the records API takes them. */
  values(entity: string, set: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
  /** The record at the end of a way; the flow's own where none is said; undefined where the way ends before. */
  record(way: unknown): Promise<RecordRef | undefined>
  records(way: unknown): Promise<readonly RecordRef[]>
  /** Those of the people who are there and active, each once: ids of users. */
  people(who: unknown): Promise<readonly string[]>
  /** When a limit is reached; undefined where its field is empty. @param from what `after` counts from without `since` */
  instant(limit: unknown, from: Date): Promise<Date | undefined>
  create(entity: string, body: Readonly<Record<string, unknown>>): Promise<RecordRef>
  /** @param add by field: numbers are added to, lists get further items; the record is held meanwhile */
  update(
    record: RecordRef,
    body: Readonly<Record<string, unknown>>,
    add?: Readonly<Record<string, unknown>>,
  ): Promise<void>
  find(
    entity: string,
    question: { readonly filter?: unknown; readonly sort?: readonly string[]; readonly limit: number },
  ): Promise<readonly RecordRef[]>
  tag(
    record: RecordRef,
    tags: { readonly field?: string; readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<void>
  /** Has the assignment of its entity decide whose a record is. @returns the owner then: a person or a pool */
  assign(record: RecordRef): Promise<string | undefined>
  /** Tells people. @returns how many */
  notify(note: {
    readonly to: readonly string[]
    readonly about: RecordRef | undefined
    readonly message?: string
    readonly title?: unknown
    readonly text?: unknown
    /** in_app (the bell), mail, wecom, sms, dingtalk; the bell alone when absent. */
    readonly through?: readonly string[]
    /** Whether the first way that reaches is enough. */
    readonly isFirst?: boolean
  }): Promise<number>
  /**
   * Makes a document of a record and keeps it with it.
   * @param language of its texts; the workspace's when absent
   * @returns the file's id
   */
  document(name: string, record: RecordRef, language: Language | undefined): Promise<string>
  /**
   * Calls another system, beside the transaction: the first time it is queued, and asked again until it is over.
   * @throws AppError CALL_REFUSED where the other side refuses it or cannot be reached in time
   */
  call(request: {
    readonly connection: string
    readonly operation: string
    readonly input: Readonly<Record<string, unknown>>
    readonly key: string | undefined
    readonly retry: { readonly times?: number; readonly for?: string } | undefined
  }): Promise<Readonly<Record<string, unknown>> | undefined>
  /** What a connection has told since the run began that says all this; undefined where it has not yet: the run is woken. */
  event(
    event: string,
    match: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>> | undefined>
  /** Starts another flow about a record. @returns the run's id; undefined where it is the one run there already */
  start(flow: string, record: RecordRef | undefined): Promise<string | undefined>
}

/** Words for the sentence of a step, in one language. */
export interface StepWords {
  readonly language: Language
  entity(name: unknown): string
  /** The record of a way, in words. */
  record(way: unknown): string
  values(step: FlowStep, key: string): string
  people(who: unknown): string
  rule(rule: unknown): string
  limit(limit: unknown): string
  flow(name: unknown): string
  message(name: unknown): string
  document(name: unknown): string
  connection(name: unknown): string
}

/** Everything the engine knows about one thing that a flow can do; built-ins and plugins enter through one door. */
export interface Action {
  readonly name: string
  readonly label: LocalText
  /** One sentence for the designer's palette. */
  readonly description: LocalText
  readonly takes: Readonly<Record<string, ActionParameter>>
  /** The parameter that says which entity's records `values`, `amounts`, `field` and `filter` are about: an `entity`, or a `record`. */
  readonly target?: string
  /** What must speak of the entity of its target. */
  readonly needs?: 'assignment'
  /** What later steps may read of it: `record` a record of the target, `list` a list with `count` and `first`. */
  readonly gives?: 'record' | 'list' | { readonly [key: string]: 'text' | 'number' | 'id' }
  /** Whether a step gives what another system answers: names of any kind, texts unless its `gives` says otherwise. */
  answers?(step: FlowStep): boolean
  /** Whether it takes so long that nobody is to wait for what was done before it: its transaction begins with it. */
  readonly takesLong?: boolean
  /** Whether it is tried again by itself: a refusal is its last word. */
  readonly retriesItself?: boolean
  /** What is wrong beyond schema, rules and ways: a JSON pointer into the step and the reason. */
  check?(step: FlowStep): readonly { readonly path: string; readonly reason: LocalText }[]
  run(context: StepContext, step: FlowStep): Promise<StepResult>
  /** What it would do, where running it in a transaction that is taken back is not enough (it leaves the database). */
  simulate?(context: StepContext, step: FlowStep): Promise<StepResult>
  /** What the step does, as one phrase. */
  sentence(step: FlowStep, words: StepWords): string
  /** Proof for the contract suite: steps that must pass the check and steps that must not, over an entity `task`. */
  readonly examples: { readonly valid: readonly FlowStep[]; readonly invalid: readonly FlowStep[] }
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/

/**
 * Declares an action and checks the declaration itself at once.
 * @throws Error naming the action when it is malformed
 */
export function defineAction(action: Action): Action {
  const wrong = (why: string) => new Error(`action "${action.name}": ${why}`)
  if (!NAME.test(action.name)) throw wrong('not a snake_case name')
  if (action.examples.valid.length === 0) throw wrong('needs at least one example')
  const uses = Object.values(action.takes).map(({ is }) => is)
  const isTargeted = uses.some((use) => ['values', 'amounts', 'field', 'filter'].includes(use))
  const target = action.target === undefined ? undefined : action.takes[action.target]?.is
  if (isTargeted && target !== 'entity' && target !== 'record') throw wrong('does not say its target')
  for (const key of ['name', 'id', 'was', 'label', 'do', 'retry', 'onError'])
    if (Object.hasOwn(action.takes, key)) throw wrong(`"${key}" is a key of every step`)
  return Object.freeze(action)
}
