import { nearest } from '../../../metadata/nearest.ts'
import { parseDuration } from '../../../metadata/rules/durations.ts'
import {
  ACTS,
  type Act,
  APPROVAL_WORDS,
  actsOf,
  conversionTargets,
  entityOfStep,
  madeRecord,
  namedRecords,
  OF_NOBODY,
  updatedNames,
} from '../../../metadata/scenarios/acts.ts'
import type {
  ConversionTarget,
  PoolDefinition,
  ScenarioDefinition,
  ScenarioStep,
} from '../../../metadata/types.ts'
import { didYouMean, type LocalText, type Problem, problem } from '../../errors.ts'
import type { DefinitionSet } from '../compiled.ts'
import { pointer } from '../pointer.ts'
import { eventProblems } from './flow-check.ts'
import type { ModelContext } from './kind-spec.ts'
import { type NamedValue, valueMentions } from './scenario-values.ts'

/** Faults of a scenario beyond its shape: steps that do nothing or two things, names that nothing has. */
export function checkScenario(definition: ScenarioDefinition, context: ModelContext): readonly Problem[] {
  return [
    ...checkGiven(definition, context),
    ...definition.steps.flatMap((step, index) => [
      ...checkAct(step, pointer('steps', index)),
      ...checkNames(definition, index, context),
      ...(step.event === undefined
        ? []
        : eventProblems(context, step.event, pointer('steps', index, 'event'))),
    ]),
  ]
}

function checkGiven(definition: ScenarioDefinition, context: ModelContext): readonly Problem[] {
  const names = namedRecords(definition, 0, context.definitions)
  return Object.entries(definition.given ?? {}).flatMap(([name, made]) => {
    const { entity, values } = madeRecord(made)
    const found = valueMentions(context, entity, values, pointer('given', name, entity)).names
    return unknownNames(found, names)
  })
}

/** One act a step, with the keys that belong to it. */
function checkAct(step: ScenarioStep, at: string): readonly Problem[] {
  const acts = actsOf(step)
  const [act] = acts
  if (act === undefined || acts.length > 1) {
    const all = Object.keys(ACTS)
    return [
      invalid(at, {
        en: `a step does one thing: ${all.join(', ')}`,
        'zh-CN': `每个步骤只做一件事：${all.join('、')}`,
      }),
    ]
  }
  const { besides, expects } = ACTS[act]
  const keys = Object.keys(step).filter((key) => !['note', 'then', act].includes(key))
  const strange = keys.filter((key) => !(besides as readonly string[]).includes(key))
  const beyond = Object.keys(step.then ?? {}).filter((key) => !(expects as readonly string[]).includes(key))
  return [
    ...strange.map((key) => unfit(at + pointer(key), act)),
    ...beyond.map((key) => unfit(at + pointer('then', key), act)),
    ...missingKeys(step, act, at),
  ]
}

function missingKeys(step: ScenarioStep, act: Act, at: string): readonly Problem[] {
  const missing = [
    ...(!OF_NOBODY.has(act) && step.as === undefined ? ['as'] : []),
    ...(act === 'upsert' && step.by === undefined ? ['by'] : []),
    ...(act === 'webform' && step.set === undefined ? ['set'] : []),
    ...(act === 'press' && step.flow === undefined ? ['flow'] : []),
    ...(act === 'update' && step.set === undefined && step.add === undefined ? ['set'] : []),
  ]
  const isLong = step.wait !== undefined && parseDuration(step.wait) === undefined
  const reason = { en: 'at most some two hundred years', 'zh-CN': '最长约两百年' }
  return [
    ...missing.map((name) => problem('META_KEY_MISSING', at + pointer(name), { params: { name } })),
    ...(isLong ? [invalid(`${at}/wait`, reason)] : []),
  ]
}

function unfit(path: string, act: Act): Problem {
  return invalid(path, {
    en: `a step that does “${act}” has no such key`,
    'zh-CN': `“${act}”步骤没有这个键`,
  })
}

/** Every name of a record is one of `given` or of a step before; who acts is a user. */
function checkNames(
  definition: ScenarioDefinition,
  index: number,
  context: ModelContext,
): readonly Problem[] {
  const step = definition.steps[index]!
  const at = pointer('steps', index)
  const { definitions } = context
  const before = namedRecords(definition, index, definitions)
  const after = namedRecords(definition, index + 1, definitions)
  const users = new Map([...before].filter(([, entity]) => entity === 'user'))
  const entity = entityOfStep(step, before, definitions)
  const { then = {} } = step
  const single = (
    ['delete', 'restore', 'convert', 'merge', 'press', 'tick', 'read', ...APPROVAL_WORDS] as const
  ).flatMap((key) => named(step[key], at + pointer(key)))
  const updated = updatedNames(step).map((name, position) => ({
    name,
    at: typeof step.update === 'string' ? `${at}/update` : at + pointer('update', position),
  }))
  const others = (step.with ?? []).map((name, position) => ({ name, at: at + pointer('with', position) }))
  const listed = (['visible', 'hidden'] as const).flatMap((key) =>
    (then[key] ?? []).map((name, position) => ({ name, at: at + pointer('then', key, position) })),
  )
  const lane = (then.lane ?? []).map(({ record, owner }, position) => ({
    record: { name: record, at: at + pointer('then', 'lane', position, 'record') },
    owner: named(owner, at + pointer('then', 'lane', position, 'owner')),
  }))
  const people = [
    ...lane.flatMap(({ owner }) => owner),
    ...(poolOfOwner(then.owner, users, definitions) === undefined
      ? named(then.owner, `${at}/then/owner`)
      : []),
    ...named(then.noted?.by, `${at}/then/noted/by`),
    ...(then.approval?.waiting ?? []).map((name, position) => ({
      name,
      at: at + pointer('then', 'approval', 'waiting', position),
    })),
  ]
  return [
    ...unknownNames(named(step.as, `${at}/as`), users),
    ...unknownNames([...single, ...others, ...updated, ...writtenIn(context, entity, step, at)], before),
    ...unknownNames(valueMentions(context, entity ?? '', then.values, `${at}/then/values`).names, after),
    ...unknownNames([...listed, ...lane.map(({ record }) => record)], after),
    ...unknownNames(people, users),
    ...checkTaken(step, before, at),
    ...checkTargets(step, conversionTargets(step, before, definitions), at),
    ...checkAlike(step, before, at),
    ...checkButton(step, entity, definitions, at),
  ]
}

/** The flow of a step has a button, on the record that the step names; that there is such a flow is said elsewhere. */
function checkButton(
  { press, flow: name }: ScenarioStep,
  entity: string | undefined,
  { flow }: Pick<DefinitionSet, 'flow'>,
  at: string,
): readonly Problem[] {
  const trigger = press === undefined ? undefined : flow.get(name ?? '')?.trigger
  if (trigger === undefined || entity === undefined) return []
  if (trigger.button !== undefined && trigger.record === entity) return []
  return [
    invalid(`${at}/flow`, {
      en: 'this flow has no button on such a record',
      'zh-CN': '该自动流程在此类记录上没有按钮',
    }),
  ]
}

/** The pool that is expected to hold a record; who has a name in the scenario comes first. */
export function poolOfOwner(
  owner: string | undefined,
  names: ReadonlyMap<string, unknown>,
  { pool }: Pick<DefinitionSet, 'pool'>,
): PoolDefinition | undefined {
  return owner === undefined || names.has(owner) ? undefined : pool.get(owner)
}

/** The names in what a step writes. */
function writtenIn(
  context: ModelContext,
  entity: string | undefined,
  step: ScenarioStep,
  at: string,
): readonly NamedValue[] {
  if (entity === undefined) return []
  const parts: readonly (readonly [unknown, string])[] = [
    [step.create?.[entity], at + pointer('create', entity)],
    [step.upsert?.[entity], at + pointer('upsert', entity)],
    [step.set, `${at}/set`],
    [step.add, `${at}/add`],
  ]
  return parts.flatMap(([values, place]) => valueMentions(context, entity, values, place).names)
}

function checkTaken(
  { name, made = {} }: ScenarioStep,
  before: ReadonlyMap<string, string>,
  at: string,
): readonly Problem[] {
  const given = [
    ...named(name, `${at}/name`),
    ...Object.entries(made).map(([target, one]) => ({ name: one, at: at + pointer('made', target) })),
  ]
  return given
    .filter((one, index) => before.has(one.name) || given.findIndex(({ name }) => name === one.name) < index)
    .map((one) => problem('META_NAME_DUPLICATE', one.at, { params: { name: one.name } }))
}

/** What is named of a conversion is one of its targets. */
function checkTargets(
  { made = {} }: ScenarioStep,
  targets: readonly ConversionTarget[],
  at: string,
): readonly Problem[] {
  const known = targets.map(({ name }) => name)
  return Object.keys(made)
    .filter((target) => !known.includes(target))
    .map((target) =>
      problem('META_SCENARIO_NAME_UNKNOWN', at + pointer('made', target), {
        params: { name: target.slice(0, 80) },
        hint: didYouMean(nearest(target.slice(0, 80), known)),
      }),
    )
}

/** Several records that change at once are of one entity: it is one call. */
function checkAlike(step: ScenarioStep, names: ReadonlyMap<string, string>, at: string): readonly Problem[] {
  const entities = new Set(updatedNames(step).flatMap((name) => names.get(name) ?? []))
  if (entities.size <= 1) return []
  return [
    invalid(`${at}/update`, {
      en: 'the records that change at once are of one entity',
      'zh-CN': '同时修改的记录须属于同一实体',
    }),
  ]
}

function named(name: string | undefined, at: string): readonly NamedValue[] {
  return name === undefined ? [] : [{ name, at }]
}

function unknownNames(found: readonly NamedValue[], known: ReadonlyMap<string, string>): readonly Problem[] {
  return found
    .filter(({ name }) => !known.has(name))
    .map(({ name, at }) =>
      problem('META_SCENARIO_NAME_UNKNOWN', at, {
        params: { name: name.slice(0, 80) },
        hint: didYouMean(nearest(name.slice(0, 80), [...known.keys()])),
      }),
    )
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
