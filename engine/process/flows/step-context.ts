import { readValueSlot } from '../../../metadata/rules/value-slot.ts'
import type { Limit } from '../../../metadata/types.ts'
import { refuse } from '../../errors.ts'
import type { CompiledEntity, CompiledField } from '../../model/compiled.ts'
import { instantIn, shifted } from '../../model/flow-schedule.ts'
import { assignmentsOf } from '../../model/kinds/assignment-place.ts'
import { followWay, recordsEntity, splitWay } from '../../model/kinds/flow-place.ts'
import { entityOfId } from '../../model/kinds/flow-values.ts'
import { isPeople } from '../../model/kinds/people.ts'
import { cutInput } from '../../notify/outgoing/store.ts'
import { createRecord } from '../../records/create.ts'
import { listRecords } from '../../records/list.ts'
import { statementName } from '../../records/parameters.ts'
import { patchRecord } from '../../records/patch.ts'
import { WRITE_OWNER } from '../../records/store.ts'
import type { RecordRef, StepContext } from '../../registry/action.ts'
import { assignOwners } from '../assignment/assign.ts'
import { isHeld } from '../assignment/waiting.ts'
import { resolvePeople } from '../who.ts'
import type { FlowDeps } from './deps.ts'
import { makeDocument } from './document.ts'
import type { Gathering } from './gathering.ts'
import { notifyPeople } from './notify.ts'
import { callOutside, eventFor } from './outside.ts'
import { evaluate, type RunWorld, readingContext, refOf, valueAtPath } from './world.ts'

/** What a step has asked for and done, for its journal. */
export interface StepNotes {
  readonly input: Record<string, unknown>
}

export interface StepSource {
  readonly deps: FlowDeps
  readonly run: string
  /** The step's number in the journal. */
  readonly number: number
  readonly world: RunWorld
  readonly flow: string
  readonly waitingSince: Date | undefined
  readonly isSimulated: boolean
  readonly gathering: Gathering
  /** Starts another flow's run. */
  start(flow: string, record: RecordRef | undefined): Promise<string | undefined>
}

type Values = Readonly<Record<string, unknown>>

/** The doors through which a step reads and writes: those of everybody, by the flow's own rights. */
export function stepContext(source: StepSource, notes: StepNotes): StepContext {
  const { world } = source
  const { context, tx } = world
  const note = (key: string, value: unknown) => {
    notes.input[key] = value
  }
  const context_: StepContext = {
    now: context.now(),
    waitingSince: source.waitingSince,
    isSimulated: source.isSimulated,
    async holds(rule) {
      const holds = (await evaluate(world, rule, 'condition')) === true
      note('holds', holds)
      return holds
    },
    async value(slot) {
      const said = readValueSlot(slot)
      return said.kind === 'literal' ? said.value : await evaluate(world, said.rule, 'any')
    },
    slots: (slot) => workedOut(world, slot),
    async values(entity, set) {
      const values = await valuesFor(source, context_, entityOf(world, entity), set)
      if (Object.keys(values).length > 0) note('values', { ...(notes.input.values as object), ...values })
      return values
    },
    async record(way) {
      const record = await recordAt(world, way)
      if (record !== undefined) note('record', record)
      return record
    },
    records: (way) => recordsAt(world, way),
    async people(who) {
      const people = await resolvePeople(whoSource(world), who)
      note('people', people)
      return people
    },
    instant: (limit, from) => instantOf(world, limit as Limit, from),
    async create(entity, body) {
      const answer = await createRecord(context, entity, body, { runner: tx })
      changed(source, entity)
      return { entity, id: dataOf<{ readonly id: string }>(answer.body).id }
    },
    async update(record, body, add = {}) {
      const more = await added(world, record, add)
      await patchRecord(context, record.entity, record.id, { ...body, ...more }, { runner: tx })
      changed(source, record.entity)
    },
    async find(entity, question) {
      const filter = question.filter === undefined ? undefined : await substituted(world, question.filter)
      if (filter !== undefined) note('filter', filter)
      return await findRecords(world, entity, { ...question, filter })
    },
    async tag(record, tags) {
      await tagRecord(world, record, tags)
      changed(source, record.entity)
    },
    assign: (record) => assignRecord(world, record),
    async notify(about) {
      const note = { ...about, flow: source.flow, run: source.run }
      return await notifyPeople(source.deps, context, readingContext(world), tx, note, source.gathering)
    },
    document: (name, about, language) => makeDocument(source, name, about, language),
    async call(request) {
      note('connection', request.connection)
      note('operation', request.operation)
      note('with', cutInput(request.input))
      return await callOutside(source, request)
    },
    event: (event, match) => eventFor(source, event, match),
    async start(flow, record) {
      return await source.start(flow, record)
    },
  }
  return context_
}

/** Those that rights hang on: whoever is known may not be who they were. */
const OF_PEOPLE: ReadonlySet<string> = new Set(['user', 'team'])

function changed({ gathering }: StepSource, entity: string): void {
  if (OF_PEOPLE.has(entity)) gathering.people.forget()
}

/** A value slot with those within its lists and objects. */
async function workedOut(world: RunWorld, slot: unknown): Promise<unknown> {
  const said = readValueSlot(slot)
  if (said.kind === 'rule') return await evaluate(world, said.rule, 'any')
  if (said.value !== slot || typeof slot !== 'object' || slot === null) return said.value
  if (Array.isArray(slot)) return await Promise.all(slot.map((one) => workedOut(world, one)))
  const entries: [string, unknown][] = []
  for (const [key, one] of Object.entries(slot)) entries.push([key, await workedOut(world, one)])
  return Object.fromEntries(entries)
}

function entityOf({ context }: RunWorld, name: string): CompiledEntity {
  const entity = context.model.entities.get(name)
  if (entity === undefined) throw refuse('ENTITY_UNKNOWN', '', { params: { name } })
  return entity
}

export function dataOf<T>(body: string): T {
  return (JSON.parse(body) as { readonly data: T }).data
}

/** Value slots as the records API takes them: rules worked out, people resolved. */
async function valuesFor(
  { world }: StepSource,
  step: StepContext,
  entity: CompiledEntity,
  set: Values,
): Promise<Values> {
  const values: [string, unknown][] = []
  for (const [name, slot] of Object.entries(set)) {
    const field = entity.fields.get(name)
    if (field !== undefined && takesUsers(field) && isPeople(slot)) {
      const people = await step.people(slot)
      values.push([name, field.relation?.kind === 'many' ? people : (people[0] ?? null)])
      continue
    }
    const said = readValueSlot(slot)
    if (said.kind === 'literal') values.push([name, said.value])
    else values.push([name, await ruleValue(world, field, said.rule)])
  }
  return Object.fromEntries(values)
}

function takesUsers({ relation }: CompiledField): boolean {
  return (relation?.kind === 'one' || relation?.kind === 'many') && relation.to === 'user'
}

async function ruleValue(world: RunWorld, field: CompiledField | undefined, rule: unknown): Promise<unknown> {
  const expected = field?.ruleType === 'boolean' ? 'condition' : (field?.ruleType ?? 'any')
  const value = await evaluate(world, rule, expected)
  // A value that there is none of, such as a division by nought, leaves the field empty.
  if (typeof value === 'object' && value !== null && 'error' in value) return null
  if (field?.relation?.kind !== 'dynamic' || typeof value !== 'string') return value
  return { entity: entityOfId(world.place, rule), id: value }
}

/** The record at the end of a way, if it is live. */
async function recordAt(world: RunWorld, way: unknown): Promise<RecordRef | undefined> {
  const found = followWay(world.place, way)
  if (found === undefined) return undefined
  if (way === undefined) {
    const { record } = world.run
    return record === null ? undefined : { entity: found.entity, id: record }
  }
  if (found.lookups === undefined) return refOf(world, String(way))
  const id = await valueAtPath(world, String(way))
  return typeof id === 'string' ? { entity: found.entity, id } : undefined
}

/** Records that one step goes through at most. */
const MOST_RECORDS = 5_000

async function recordsAt(world: RunWorld, way: unknown): Promise<readonly RecordRef[]> {
  const entity = recordsEntity(world.place, way)
  if (entity === undefined || typeof way !== 'string') return []
  const [, step] = /^steps\.([a-z][a-z0-9_]*)\.records$/.exec(way) ?? []
  if (step !== undefined) {
    const ids = (world.run.outputs[step]?.ids ?? []) as readonly string[]
    return ids.map((id) => ({ entity, id }))
  }
  const { holder, relation } = splitWay(way)
  const record = await recordAt(world, holder)
  if (record === undefined) return []
  const inverse = entityOf(world, record.entity).inverses.find(({ name }) => name === relation)
  if (inverse === undefined) return []
  const field = entityOf(world, entity).fields.get(inverse.field)
  const isMany = field?.relation?.kind === 'many'
  const points = isMany
    ? { in: [record.id, { var: inverse.field }] }
    : { '==': [{ var: inverse.field }, record.id] }
  return await findRecords(world, entity, { filter: points, sort: ['created_at'], limit: MOST_RECORDS })
}

const PAGE = 200

async function findRecords(
  world: RunWorld,
  entity: string,
  {
    filter,
    sort,
    limit,
  }: { readonly filter?: unknown; readonly sort?: readonly string[]; readonly limit: number },
): Promise<readonly RecordRef[]> {
  const context = readingContext(world)
  const found: RecordRef[] = []
  let after: string | undefined
  while (found.length < limit) {
    const answer = await listRecords(context, entity, {
      ...(filter === undefined ? {} : { filter }),
      ...(sort === undefined ? {} : { sort: sort.join(',') }),
      ...(after === undefined ? {} : { after }),
      ...{ fields: 'id', limit: Math.min(PAGE, limit - found.length) },
    })
    const { data, page } = JSON.parse(answer.body) as {
      readonly data: readonly { readonly id: string }[]
      readonly page: { readonly next: string | null }
    }
    found.push(...data.map(({ id }) => ({ entity, id })))
    if (page.next === null) break
    after = page.next
  }
  return found
}

/** A filter in which what is not of the records that are looked for has become values. */
async function substituted(world: RunWorld, rule: unknown): Promise<unknown> {
  if (Array.isArray(rule)) return await Promise.all(rule.map((part) => substituted(world, part)))
  if (typeof rule !== 'object' || rule === null) return rule
  const path = (rule as { readonly var?: unknown }).var
  if (typeof path === 'string' && /^(record|item|steps|before|actor|settings)(\.|$)/.test(path)) {
    const own = path.startsWith('record.') ? path.slice('record.'.length) : path
    return await evaluate(world, { var: own }, 'any')
  }
  const entries: [string, unknown][] = []
  for (const [key, value] of Object.entries(rule)) entries.push([key, await substituted(world, value)])
  return Object.fromEntries(entries)
}

export function whoSource(world: RunWorld) {
  const path = async (name: string) =>
    world.entity === undefined ? undefined : await valueAtPath(world, name)
  return {
    ...{ model: world.context.model, db: world.tx, path, people: world.people },
    value: (rule: unknown) => evaluate(world, rule, 'any'),
  }
}

/** When a limit is reached. Days and months go by the calendar of the workspace, hours by the clock. */
async function instantOf(
  world: RunWorld,
  { after, since, before, field }: Limit,
  from: Date,
): Promise<Date | undefined> {
  const { timeZone } = world.context.model.settings
  const name = since ?? field
  const base = name === undefined ? from : instantIn(await evaluate(world, { var: name }, 'any'), timeZone)
  if (base === undefined) return undefined
  return after === undefined ? shifted(base, before ?? 'P0D', timeZone, -1) : shifted(base, after, timeZone)
}

/** What fields hold with what is added to them; the record is held, so that writers side by side lose nothing. */
async function added(
  { context, tx }: RunWorld,
  { entity: name, id }: RecordRef,
  add: Values,
): Promise<Values> {
  const entity = context.model.entities.get(name)
  const fields = Object.keys(add).flatMap((field) => entity?.fields.get(field) ?? [])
  if (entity === undefined || fields.length === 0) return {}
  const text =
    `SELECT ${fields.map((field, index) => `${addedSql(field, `$${index + 2}`)} AS f${index}`).join(', ')} ` +
    `FROM ${entity.table} t WHERE t."id" = $1::uuid FOR NO KEY UPDATE`
  const { rows } = await tx.query<Record<string, string | null>>({
    ...{ text, name: statementName(text) },
    values: [id, ...fields.map((field) => addedValue(field, add[field.name]))],
  })
  if (rows[0] === undefined) throw refuse('RECORD_NOT_FOUND')
  return Object.fromEntries(
    fields.map((field, index) => [field.name, JSON.parse(rows[0]?.[`f${index}`] ?? 'null') as unknown]),
  )
}

/** A number and what is added to it, exactly; a list with what it lacks. */
function addedSql(field: CompiledField, value: string): string {
  const column = `t.${field.columns[0]}`
  if (field.ruleType === 'number') return `(coalesce(${column}, 0) + ${value}::numeric)::text`
  const list = `coalesce(${column}::text[], '{}')`
  return `to_json(${list} || ARRAY(SELECT m FROM unnest(${value}::text[]) m WHERE m <> ALL(${list})))::text`
}

function addedValue(field: CompiledField, value: unknown): unknown {
  if (field.ruleType === 'number') return typeof value === 'number' ? String(value) : '0'
  return (Array.isArray(value) ? value : []).map(String)
}

/** Has the rules decide; the flow is whom they know as the actor. */
async function assignRecord(world: RunWorld, { entity: name, id }: RecordRef): Promise<string | undefined> {
  const { context, tx } = world
  const entity = entityOf(world, name)
  const [assignment] = assignmentsOf(context.model.definitions, name)
  if (assignment === undefined || !(await isHeld(tx, entity, id))) return undefined
  await assignOwners({
    ...{ context, tx, entity, assignment, cause: 'flow', write: WRITE_OWNER },
    records: [{ id, path: '' }],
  })
  const { rows } = await tx.query<{ owner: string | null }>({
    text: `SELECT t."owner"::text AS owner FROM ${entity.table} t WHERE t."id" = $1::uuid`,
    values: [id],
  })
  return rows[0]?.owner ?? undefined
}

async function tagRecord(
  world: RunWorld,
  record: RecordRef,
  {
    field: name,
    add,
    remove,
  }: { readonly field?: string; readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<void> {
  const { context, tx } = world
  const entity = entityOf(world, record.entity)
  const tags = [...entity.fields.values()].filter(({ type }) => type.name === 'tags')
  const field = name === undefined ? tags[0] : entity.fields.get(name)
  if (field === undefined) return
  const { rows } = await tx.query<{ tags: readonly string[] | null }>({
    text: `SELECT t.${field.columns[0]} AS tags FROM ${entity.table} t WHERE t."id" = $1::uuid FOR NO KEY UPDATE`,
    values: [record.id],
  })
  const before = rows[0]?.tags ?? []
  const after = [...new Set([...before, ...add])].filter((tag) => !remove.includes(tag))
  if (after.length === before.length && after.every((tag) => before.includes(tag))) return
  await patchRecord(context, record.entity, record.id, { [field.name]: after }, { runner: tx })
}
