import type { RuleEnvironment, RuleRecord } from './environment.ts'
import type { RuleType, TypedCall, TypedRule } from './types.ts'
import { isNothing, RuleFault, type RuleValue } from './values.ts'
import type { WorkingCalendar } from './working-days.ts'

/** One evaluation: the environment with what every part would otherwise work out again. */
export interface World {
  readonly environment: RuleEnvironment
  /** Days since 1970-01-01. */
  readonly today: number
  readonly calendar: WorkingCalendar
  /** Items of lists that may still be looked at. */
  steps: number
}

/** What bare names are read of: the record, or within a list its item. */
export type Subject = RuleRecord | RuleValue

export type Run = (world: World, subject: Subject) => RuleValue

/** A part of a rule, checked and compiled. */
export interface Part {
  readonly part: TypedRule
  readonly type: RuleType | 'null'
  readonly run: Run
}

/** How an operator computes: its compiled arguments become one function. Made once per rule, run for each record. */
export type Evaluate = (args: readonly Part[], call: TypedCall) => Run

/** Null gives null, an error value itself; else what `of` says of the values. */
export function strict(of: (values: readonly RuleValue[], world: World) => RuleValue): Evaluate {
  return (args) => {
    const runs = args.map((arg) => arg.run)
    return (world, subject) => {
      let nothing: RuleValue | undefined
      const values: RuleValue[] = []
      for (const run of runs) {
        const value = run(world, subject)
        if (value instanceof RuleFault) return value
        if (value === null) nothing = null
        values.push(value)
      }
      return nothing === undefined ? of(values, world) : null
    }
  }
}

/** `strict` for one argument that has the same shape at run time whatever it is. */
export function strictOne<A extends RuleValue>(
  of: (value: A, world: World, type: RuleType | 'null') => RuleValue,
): Evaluate {
  return ([arg]) => {
    const { run, type } = arg!
    return (world, subject) => {
      const value = run(world, subject)
      return isNothing(value) ? value : of(value as A, world, type)
    }
  }
}

/** A condition over values that are there; false where one is null or an error. */
export function test(of: (values: readonly RuleValue[], world: World) => boolean): Evaluate {
  return (args) => {
    const runs = args.map((arg) => arg.run)
    return (world, subject) => {
      const values: RuleValue[] = []
      for (const run of runs) {
        const value = run(world, subject)
        if (isNothing(value)) return false
        values.push(value)
      }
      return of(values, world)
    }
  }
}

/** The value of a literal argument, such as the number of decimals; undefined where it was left out. */
export function literalOf(part: Part | undefined): string | undefined {
  return part?.part.kind === 'literal' && typeof part.part.value === 'string' ? part.part.value : undefined
}

/** Thrown when a rule looks at more items than a rule may, and caught where its value is handed out. */
export class TooMuchWork extends Error {}

/** Goes through a list; counts what is looked at. */
export function eachOf(list: RuleValue, world: World): readonly RuleValue[] {
  if (isNothing(list)) return []
  const items = list as readonly RuleValue[]
  world.steps -= items.length
  if (world.steps < 0) throw new TooMuchWork()
  return items
}
