import {
  ACTS,
  type Act,
  actsOf,
  entityOfStep,
  type Makers,
  madeRecord,
  namedRecords,
  OF_NOBODY,
} from '../../metadata/scenarios/acts.ts'
import type { ScenarioDefinition, ScenarioStep } from '../../metadata/types.ts'
import { isObject, type Json, type Path } from '../store/json-value.ts'

/** Somebody or something that is there at the beginning. */
export interface DraftGiven {
  readonly name: string
  readonly entity: string
  readonly values: Json
}

export const PERSON = 'user'

export const givenIn = (definition: Json): readonly DraftGiven[] =>
  Object.entries(isObject(definition.given) ? definition.given : {}).map(([name, made]) => {
    const { entity, values } = madeRecord(isObject(made) ? made : {})
    return { name, entity, values }
  })

export const stepsIn = (definition: Json): readonly Json[] =>
  (Array.isArray(definition.steps) ? definition.steps : []).map((one) => (isObject(one) ? one : {}))

/** The users that steps may be done by. */
export const peopleIn = (definition: Json): readonly string[] =>
  givenIn(definition).flatMap(({ name, entity }) => (entity === PERSON ? [name] : []))

const OBJECTS = ['create', 'upsert', 'set', 'add', 'data', 'files', 'made', 'import', 'click', 'then']
const LISTS = ['with', 'group', 'measures']
const THEN_OBJECTS = ['problem', 'values', 'approval', 'noted']
const THEN_LISTS = ['problems', 'absent', 'tags', 'visible', 'hidden', 'rows', 'lane']

const isText = (value: unknown): boolean => typeof value === 'string'
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)

function fits(of: Json, keys: readonly string[], is: (value: unknown) => boolean): boolean {
  return keys.every((key) => of[key] === undefined || is(of[key]))
}

/** A step that can be told: what a draft holds may be anything until it is checked. */
export function toldStep(step: Json): ScenarioStep | undefined {
  const then = isObject(step.then) ? step.then : {}
  const isSound =
    actsOf(step as ScenarioStep).length > 0 &&
    fits(step, OBJECTS, isObject) &&
    fits(step, LISTS, Array.isArray) &&
    (step.update === undefined || isText(step.update) || isTexts(step.update)) &&
    fits(then, THEN_OBJECTS, isObject) &&
    fits(then, THEN_LISTS, Array.isArray)
  return isSound ? (step as ScenarioStep) : undefined
}

/** The entity of every record that has a name before a step. */
export function namesBefore(definition: Json, before: number, makers: Makers): ReadonlyMap<string, string> {
  const given = Object.fromEntries(
    givenIn(definition).map(({ name, entity, values }) => [name, { [entity]: values }]),
  )
  // What cannot be told names nothing either.
  const steps = stepsIn(definition).map((step) => toldStep(step) ?? ({ wait: 'P0D' } as ScenarioStep))
  return namedRecords({ given, steps } as ScenarioDefinition, before, makers)
}

/** Who and what may be named at a place of a scenario; undefined where the place names neither. */
export function namedAt(definition: Json, path: Path): readonly string[] | undefined {
  const key = path.findLast((step) => !/^\d+$/.test(step)) ?? ''
  if (key === 'as' || key === 'owner' || key === 'waiting') return peopleIn(definition)
  if (!NAMES.has(key)) return undefined
  // What a step makes may be expected of it.
  return [...namesBefore(definition, Number(path[1]) + 1, NO_MAKERS).keys()]
}

const NAMES: ReadonlySet<string> = new Set(['with', 'visible', 'hidden', 'record'])
const NO_MAKERS: Makers = { webform: { get: () => undefined }, entity: { get: () => undefined } }

/** The entity that a place of a scenario is about. */
export function entityAt(definition: Json, path: Path): string | undefined {
  if (path[0] === 'given') return path[2]
  const step = toldStep(stepsIn(definition)[Number(path[1])] ?? {})
  return step && entityOfStep(step, namesBefore(definition, Number(path[1]), NO_MAKERS), NO_MAKERS)
}

/** What a step does; the first of its acts where it is wrong. */
export const actOf = (step: Json): Act | undefined => actsOf(step as ScenarioStep)[0]

/** How acts are told apart where one chooses: by what they are about. */
export const ACT_GROUPS: readonly { readonly key: string; readonly acts: readonly Act[] }[] = [
  { key: 'records', acts: ['create', 'update', 'upsert', 'delete', 'restore', 'convert', 'merge', 'import'] },
  { key: 'looking', acts: ['list', 'read', 'summarise', 'report', 'dashboard', 'export'] },
  { key: 'process', acts: ['press', 'tick', 'submit', 'approve', 'reject', 'return', 'withdraw'] },
  { key: 'else', acts: ['wait', 'webform', 'event'] },
]

/** What an act is about. */
export type ActObject =
  | 'entity'
  | 'record'
  | 'records'
  | 'values'
  | 'report'
  | 'dashboard'
  | 'webform'
  | 'else'

const OBJECT_OF: Readonly<Partial<Record<Act, ActObject>>> = {
  ...{ create: 'values', upsert: 'values', list: 'entity', summarise: 'entity', export: 'entity' },
  ...{ update: 'records', report: 'report', dashboard: 'dashboard', webform: 'webform' },
  ...{ import: 'else', event: 'else', wait: 'else' },
}

export const objectOf = (act: Act): ActObject => OBJECT_OF[act] ?? 'record'

/** What a step begins with that somebody chooses an act for; what it says besides stays where the act knows it too. */
export function withAct(
  step: Json,
  act: Act,
  first: { readonly person?: string; readonly entity?: string },
): Json {
  const former = actOf(step)
  if (former === act) return step
  const keys = new Set<string>([...ACTS[act].besides])
  const kept = Object.fromEntries(Object.entries(step).filter(([key]) => keys.has(key)))
  const then = isObject(step.then) ? expectedOf(step.then, act) : undefined
  const object = objectOf(act)
  const sameObject = former !== undefined && objectOf(former) === object && object !== 'else'
  return {
    ...(OF_NOBODY.has(act) || step.as !== undefined || first.person === undefined
      ? {}
      : { as: first.person }),
    ...kept,
    [act]: sameObject ? step[former] : beginningOf(act, first.entity),
    ...(act === 'update' && kept.set === undefined ? { set: {} } : {}),
    ...(then === undefined ? {} : { then }),
  }
}

function expectedOf(then: Json, act: Act): Json | undefined {
  const keys = new Set<string>(ACTS[act].expects)
  const kept = Object.entries(then).filter(([key]) => keys.has(key))
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

function beginningOf(act: Act, entity: string | undefined): unknown {
  switch (objectOf(act)) {
    case 'values':
      return { [entity ?? '']: {} }
    case 'entity':
      return entity ?? ''
    case 'else':
      return act === 'wait' ? 'P1D' : act === 'import' ? { [entity ?? '']: [] } : ''
    default:
      return ''
  }
}

/** Keys of a step that its form has itself. */
export const FORM_KEYS: ReadonlySet<string> = new Set([
  ...['as', 'create', 'upsert', 'update', 'set', 'then', 'name'],
  ...['delete', 'restore', 'convert', 'merge', 'press', 'tick', 'submit', 'approve', 'reject', 'return'],
  ...['withdraw', 'read', 'list', 'summarise', 'export', 'report', 'dashboard', 'webform'],
  ...['flow', 'milestone', 'click'],
])

/** A new name like one that is taken. */
export function freshGiven(definition: Json, stem: string): string {
  const taken = new Set(givenIn(definition).map(({ name }) => name))
  for (const step of stepsIn(definition)) if (typeof step.name === 'string') taken.add(step.name)
  if (!taken.has(stem)) return stem
  let number = 2
  while (taken.has(`${stem}_${number}`)) number++
  return `${stem}_${number}`
}
