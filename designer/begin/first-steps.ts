import { inBothLanguages } from '../../metadata/text.ts'
import { isObject, type Json } from '../store/json-value.ts'

export type StepName = 'entity' | 'pages' | 'board' | 'role' | 'rule'

/** A step of the first hour: whether something does it already, and what would be drafted for it. */
export interface FirstStep {
  readonly name: StepName
  /** The definition that does it. */
  readonly done: Named | undefined
  /** What a press drafts; [] where there is nothing to go by yet. */
  readonly proposed: readonly (Json & Named)[]
}

export interface Named {
  readonly kind: string
  readonly name: string
}

type Definition = Json & Named

interface Field {
  readonly name: string
  readonly type: string
  readonly label?: unknown
}

const ENGINE_OWN = /^00000000-0000-7000-8000-/
const NUMBERS = new Set(['integer', 'decimal', 'currency', 'percent'])
const MOST_COLUMNS = 6
const LONG = new Set(['long_text', 'rich_text', 'child_list', 'json', 'address'])

/** The entities that are a company's own, not the engine's. */
export function ownEntities(definitions: readonly Definition[]): readonly Definition[] {
  return definitions.filter(
    ({ kind, id }) => kind === 'entity' && !(typeof id === 'string' && ENGINE_OWN.test(id)),
  )
}

/** The steps from nothing to an entity that people work with. @param definitions with those of the draft */
export function firstSteps(
  definitions: readonly Definition[],
  entity: Definition | undefined,
): readonly FirstStep[] {
  const of = (kind: string, fits: (one: Definition) => boolean = () => true) =>
    definitions.find((one) => one.kind === kind && one.entity === entity?.name && fits(one))
  const role = definitions.find(
    (one) => one.kind === 'role' && isObject(one.entities) && Object.hasOwn(one.entities, entity?.name ?? ''),
  )
  const made = (
    step: StepName,
    done: Definition | undefined,
    propose: (of: Definition) => readonly Definition[],
  ): FirstStep => ({
    name: step,
    done: done === undefined ? undefined : { kind: done.kind, name: done.name },
    proposed: entity === undefined || done !== undefined ? [] : propose(entity),
  })
  return [
    made('entity', entity, () => []),
    made('pages', of('layout'), (one) => [layoutOf(one), tableOf(one)]),
    made(
      'board',
      of('view', ({ type }) => type === 'board'),
      boardOf,
    ),
    made('role', role, (one) => [roleOf(one)]),
    made('rule', of('validation'), ruleOf),
  ]
}

const fieldsOf = ({ fields }: Definition): readonly Field[] =>
  Array.isArray(fields) ? (fields as readonly Field[]).filter(isObject) : []

/** A name for something of an entity, short enough to be one. */
const named = ({ name }: Definition, end: string): string => `${name.slice(0, 39 - end.length)}_${end}`

function listed(entity: Definition): readonly string[] {
  const names = fieldsOf(entity)
    .filter(({ type }) => !LONG.has(type))
    .map(({ name }) => name)
  return [...names.slice(0, MOST_COLUMNS), ...(entity.owned === true ? ['owner'] : [])]
}

function tableOf(entity: Definition): Definition {
  return {
    kind: 'view',
    name: named(entity, 'all'),
    label: { en: 'All', 'zh-CN': '全部' },
    entity: entity.name,
    type: 'table',
    sort: ['-created_at'],
    columns: listed(entity),
  }
}

function layoutOf(entity: Definition): Definition {
  const names = fieldsOf(entity).map(({ name }) => name)
  return {
    kind: 'layout',
    name: named(entity, 'page'),
    entity: entity.name,
    form: [
      {
        name: 'details',
        label: { en: 'Details', 'zh-CN': '资料' },
        columns: 2,
        fields: [...names, ...(entity.owned === true ? ['owner'] : [])],
      },
    ],
  }
}

const STATE = /状态|阶段|进度|stage|status|state/i

/** The choice that cards stand under: the one that says how far a record is, else the first. */
export function choiceOfBoard(fields: readonly Field[]): string | undefined {
  const choices = fields.filter(({ type }) => type === 'select' || type === 'stage')
  const said = ({ name, label }: Field): boolean =>
    STATE.test([name, ...Object.values(isObject(label) ? label : { label })].join(' '))
  return (choices.find(({ type }) => type === 'stage') ?? choices.find(said) ?? choices[0])?.name
}

/** Cards under the options of a choice. */
export function boardOf(
  entity: Definition,
  group: string | undefined = choiceOfBoard(fieldsOf(entity)),
): readonly Definition[] {
  if (group === undefined) return []
  const board = {
    kind: 'view',
    name: named(entity, 'board'),
    label: { en: 'Board', 'zh-CN': '看板' },
    entity: entity.name,
    type: 'board',
    group,
    columns: listed(entity).filter((name) => name !== group),
  }
  return [board]
}

/** Whoever holds it sees all, and changes what is theirs. */
export function roleOf(entity: Definition): Definition {
  const called = inBothLanguages(entity.label as string, entity.name)
  return {
    kind: 'role',
    name: named(entity, 'team'),
    label: {
      en: `${called.en} team`,
      'zh-CN': `${called['zh-CN']}团队`,
    },
    default: { read: 'none' },
    entities: {
      [entity.name]: { create: true, read: 'all', update: entity.owned === true ? 'own' : 'all' },
      user: { read: 'all' },
    },
  }
}

/** No amount below zero: of the first number there is. */
function ruleOf(entity: Definition): readonly Definition[] {
  const field = fieldsOf(entity).find(({ type }) => NUMBERS.has(type))
  if (field === undefined) return []
  const { en, 'zh-CN': zh } = inBothLanguages(field.label as string, field.name)
  const rule = {
    kind: 'validation',
    name: named(entity, 'not_negative'),
    entity: entity.name,
    when: { '!=': [{ var: field.name }, null] },
    must: { '>=': [{ var: field.name }, 0] },
    problem: {
      field: field.name,
      message: { en: `${en} is not below zero.`, 'zh-CN': `${zh}不能小于零。` },
    },
  }
  return [rule]
}
