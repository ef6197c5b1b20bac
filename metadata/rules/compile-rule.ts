import { parseDay } from './calendar-days.ts'
import { OPERATORS } from './catalogue.ts'
import { EMPTY_RECORD, type RuleEnvironment, type RuleRecord } from './environment.ts'
import { type Part, type Run, TooMuchWork, type World } from './running.ts'
import type { RuleType, TypedAmbient, TypedPath, TypedRule } from './types.ts'
import { isNothing, RuleFault, type RuleValue, readValue, valueToJson } from './values.ts'
import { MONDAY_TO_FRIDAY } from './working-days.ts'

/** A rule ready to run: an environment in, a value out; an error value (`RuleFault`) where there is none. */
export type CompiledRule = (environment: RuleEnvironment) => RuleValue

/** Items of lists that one evaluation looks at, so that nested lists cannot hold up a write. */
export const MAX_STEPS = 100_000

/**
 * How to run rules (validations, formulas, conditions of forms, defaults):
 *
 *     const { typed, problems } = checkRule(rule, scope, 'condition', { runner: 'engine' })
 *     const run = compileRule(typed)                    // once per version
 *     const needs = pathsOf(typed)                      // what to load: own fields, relatives, lists, before, time
 *     run({ record, before, actor, settings, now, today, timeZone })
 *
 * `record.read(path)` gives what `needs` names, in the JSON form of the API; `plainRecord` makes one of plain values.
 * A condition gives true or false, `isTrue` spares the comparison; a value may be null or a `RuleFault` with its
 * reason, `valueToJson` turns it into JSON. The environment is all that the value depends on, and nothing is kept
 * between two runs, so that compiled rules may be shared and cached as the model is.
 */
export function compileRule(typed: TypedRule): CompiledRule {
  const { run } = compilePart(typed)
  return (environment) => {
    const world: World = {
      environment,
      today: parseDay(environment.today) ?? 0,
      calendar: environment.calendar ?? MONDAY_TO_FRIDAY,
      steps: MAX_STEPS,
    }
    try {
      return run(world, environment.record)
    } catch (error) {
      if (error instanceof TooMuchWork) return TOO_MUCH
      throw error
    }
  }
}

const TOO_MUCH = new RuleFault('too_much_work')

/** A condition ready to run: null and errors are no. */
export function compileCondition(typed: TypedRule): (environment: RuleEnvironment) => boolean {
  const run = compileRule(typed)
  return (environment) => run(environment) === true
}

/** A value ready to run, with its JSON form as result. */
export function compileToJson(typed: TypedRule): (environment: RuleEnvironment) => unknown {
  const run = compileRule(typed)
  return (environment) => valueToJson(run(environment), typed.type)
}

function compilePart(part: TypedRule): Part {
  return { part, type: part.type, run: runOf(part) }
}

function runOf(part: TypedRule): Run {
  switch (part.kind) {
    case 'literal': {
      const value = part.type === 'null' ? null : readValue(part.value, part.type)
      return () => value
    }
    case 'list': {
      const values: RuleValue[] = part.values.map((value) => readValue(value, part.type))
      if (part.holdsNull) values.push(null)
      return () => values
    }
    case 'path':
      return runPath(part)
    case 'ambient':
      return AMBIENT_RUNS[part.name]
    case 'item':
      return (_world, subject) => subject
    case 'fallback': {
      const value = runOf(part.value)
      const instead = runOf(part.instead)
      return (world, subject) => {
        const found = value(world, subject)
        return isNothing(found) ? instead(world, subject) : found
      }
    }
    case 'call': {
      const operator = OPERATORS.get(part.operator)
      if (operator === undefined) throw new Error(`operator "${part.operator}" is unknown`)
      return operator.evaluate(part.arguments.map(compilePart), part)
    }
  }
}

const RECORDS: { readonly [F in NonNullable<TypedPath['from']>]: (world: World) => RuleRecord } = {
  record: ({ environment }) => environment.record,
  before: ({ environment }) => environment.before ?? EMPTY_RECORD,
  actor: ({ environment }) => environment.actor ?? EMPTY_RECORD,
  settings: ({ environment }) => environment.settings ?? EMPTY_RECORD,
}

function runPath({ path, type, from }: TypedPath): Run {
  if (from === undefined) return (_world, subject) => readValue((subject as RuleRecord).read(path), type)
  const recordOf = RECORDS[from]
  const inner = path.slice(1)
  return (world) => readValue(recordOf(world).read(inner), type)
}

const AMBIENT_RUNS: { readonly [N in TypedAmbient['name']]: Run } = {
  today: (world) => world.today,
  now: (world) => world.environment.now,
  'actor.id': (world) => readActor(world, 'id', 'id'),
  'actor.roles': (world) => readActor(world, 'roles', 'texts') ?? [],
}

function readActor({ environment }: World, name: string, type: RuleType): RuleValue {
  return readValue(environment.actor?.read([name]), type)
}
