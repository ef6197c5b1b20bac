import { createHash, randomUUID } from 'node:crypto'
import type { Statement } from '../db/database.ts'
import { SCRATCH_PREFIX } from '../db/migrate.ts'
import type { RequestContext } from './context.ts'

/**
 * A value that a plan leaves open until it runs, so that one plan serves many actors, days and records.
 * The ambient ones are filled from the request; the others from what `bind` is given.
 */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Collects the parameters of one statement while its text is built. */
export interface Parameters {
  /** The placeholder of a value, cast to its SQL type: `$3::numeric`. */
  add(value: unknown, sqlType: string): string
  /** The placeholder of a value given when the plan runs; one parameter however often it is asked for. */
  open(name: string, sqlType: string): string
  actor(): string
  roles(): string
  today(): string
  now(): string
  /** The workspace's time zone by name. */
  timeZone(): string
  /** What the write comes through. */
  via(): string
  /** The request, or the run of a flow, that makes it. */
  request(): string
  readonly values: readonly unknown[]
}

export function createParameters(): Parameters {
  const values: unknown[] = []
  const placed = new Map<string, string>()
  const add = (value: unknown, sqlType: string) => {
    values.push(value)
    return `$${values.length}::${sqlType}`
  }
  const open = (name: string, sqlType: string) => {
    let place = placed.get(name)
    if (place === undefined) {
      place = add(new Slot(name), sqlType)
      placed.set(name, place)
    }
    return place
  }
  return {
    add,
    open,
    actor: () => open('actor', 'uuid'),
    roles: () => open('actor.roles', 'text[]'),
    today: () => open('today', 'date'),
    now: () => open('now', 'timestamptz'),
    timeZone: () => open('time zone', 'text'),
    via: () => open('via', 'text'),
    request: () => open('request', 'uuid'),
    values,
  }
}

/** A statement's text with its parameters, some of them still open. */
export interface Plan {
  readonly text: string
  readonly values: readonly unknown[]
  readonly name: string
}

const plansByModel = new WeakMap<object, Map<string, Plan>>()
const MAX_KEPT = 2000

/**
 * The plan kept for a model under a key, built when it is first asked for: what a write or a read of one record
 * does depends on little besides version and roles. A publish drops them with their model.
 */
export function keptPlan(context: RequestContext, key: string, build: () => Plan): Plan {
  let plans = plansByModel.get(context.model)
  if (plans === undefined) {
    plans = new Map()
    plansByModel.set(context.model, plans)
  }
  const fullKey = `${context.actor.roleKey}|${key}`
  let plan = plans.get(fullKey)
  if (plan === undefined) {
    if (plans.size >= MAX_KEPT) plans.delete(plans.keys().next().value as string)
    plan = build()
    plans.set(fullKey, plan)
  }
  return plan
}

export function toPlan(text: string, parameters: Parameters): Plan {
  return { text, values: [...parameters.values], name: statementName(text) }
}

const AMBIENT: Readonly<Record<string, (context: RequestContext) => unknown>> = {
  actor: (context) => context.actor.id ?? null,
  'actor.roles': (context) => context.actor.roles,
  today: todayOf,
  now: (context) => context.now().toISOString(),
  'time zone': (context) => context.model.settings.timeZone,
  via: (context) => context.via,
  address: (context) => context.origin?.address ?? null,
  request: (context) => context.origin?.request ?? null,
  salt: () => randomUUID(),
  why: (context) => context.taking ?? context.via,
}

/** The plan as a statement for this request; `slots` fills what the plan left open by name. */
export function bind(
  plan: Plan,
  context: RequestContext,
  slots: Readonly<Record<string, unknown>> = {},
): Statement {
  const values = plan.values.map((value) => {
    if (!(value instanceof Slot)) return value
    if (Object.hasOwn(slots, value.name)) return slots[value.name]
    const ambient = AMBIENT[value.name]
    if (ambient === undefined) throw new Error(`the plan's value "${value.name}" was not given`)
    return ambient(context)
  })
  return { text: plan.text, values, name: plan.name }
}

/** The workspace's day, `YYYY-MM-DD`. */
export function todayOf(context: RequestContext): string {
  return dayIn(context.model.settings.timeZone, context.now())
}

/** Making one costs more than all else of a small statement; there are as many as there are time zones. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, at: Date): string {
  let format = dayFormats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone })
    dayFormats.set(timeZone, format)
  }
  return format.format(at)
}

// A prepared statement lives as long as its connection. Texts that differ only in values share one, and past
// this many texts the rest go unnamed, so that a client who invents filters cannot fill the database's memory.
const MAX_NAMED = 400
const names = new Map<string, string>()

/** Under which a text is prepared once a connection; empty where it is not worth it. */
export function statementName(text: string): string {
  // Of a schema that lives for one transaction: its texts would take the places of those that come again and again.
  if (text.includes(SCRATCH_PREFIX)) return ''
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= MAX_NAMED) return ''
  const name = `t${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`
  names.set(text, name)
  return name
}
