import {
  type Act,
  type APPROVAL_WORDS,
  actsOf,
  madeRecord,
  singleRecord,
  updatedNames,
} from '../../metadata/scenarios/acts.ts'
import type { ScenarioStep } from '../../metadata/types.ts'
import { AppError, type Problem, refuse } from '../errors.ts'
import { aggregateRecords } from '../records/aggregate.ts'
import { bulkRecords } from '../records/bulk.ts'
import type { RequestContext } from '../records/context.ts'
import { convertRecord } from '../records/convert.ts'
import { createRecord } from '../records/create.ts'
import { workOutToday } from '../records/day-upkeep.ts'
import { deleteRecord } from '../records/delete.ts'
import { parseExport } from '../records/export.ts'
import { getRecord } from '../records/get.ts'
import { listRecords } from '../records/list.ts'
import { mergeRecords } from '../records/merge-records.ts'
import { todayOf } from '../records/parameters.ts'
import { patchRecord } from '../records/patch.ts'
import { restoreRecord } from '../records/restore.ts'
import { tickMilestone } from '../records/tick-milestone.ts'
import { upsertRecord } from '../records/upsert.ts'
import { isValue } from './compare.ts'
import { importRows } from './import-rows.ts'
import { later } from './later.ts'
import { passMoments } from './pass-moments.ts'
import { contextOf, engineContext, type Stage, type StagedRecord, settle, withIds } from './stage.ts'
import { withNames } from './words.ts'

type Data = Readonly<Record<string, unknown>>

/** What came of a step. */
export interface Outcome {
  /** Why it was refused; of an import: of its rows. */
  readonly refused: readonly Problem[]
  /** The records that it was about. */
  readonly records: readonly StagedRecord[]
  /** A record as the person was shown it. */
  readonly shown?: Data
  /** The ids of the records of a list. */
  readonly listed?: readonly string[]
  readonly count?: number
  readonly rows?: readonly Data[]
}

type Perform = (stage: Stage, step: ScenarioStep, context: RequestContext) => Promise<Outcome>

/** As many as a scenario can have: given records and those of an import. */
const MOST_LISTED = 200

/**
 * Does what a step says, as the person who does it. What refuses it is an outcome like any other.
 * @throws what is no refusal
 */
export async function perform(stage: Stage, step: ScenarioStep): Promise<Outcome> {
  const [act = 'wait'] = actsOf(step)
  try {
    if (act === 'wait') return await wait(stage, step.wait ?? '')
    if (act === 'webform') return await sendWebform(stage, step)
    if (act === 'event') return await receive(stage, step)
    const context = await contextOf(stage, step.as ?? '', act === 'import' ? 'import' : 'form')
    const duplicates = { isAccepted: step.duplicates === 'accept' }
    // A part of its own: the next step finds the database well, whatever statement has failed in this one.
    return await stage.db.transaction(() => PERFORM[act](stage, step, { ...context, duplicates }))
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'HTTP_UNAVAILABLE') throw error
    return { refused: error.problems, records: recordsOf(stage, step) }
  }
}

/** The records that a step names, those that are there. */
function recordsOf(stage: Stage, step: ScenarioStep): readonly StagedRecord[] {
  const single = singleRecord(step)
  return [...updatedNames(step), ...(single === undefined ? [] : [single])].flatMap(
    (name) => stage.names.get(name) ?? [],
  )
}

/** Time passes; what follows from the day alone is done by then. */
async function wait(stage: Stage, duration: string): Promise<Outcome> {
  const end = later(stage.clock, duration, stage.model.settings.timeZone)
  await throughTime(stage, end)
  await setClock(stage, end)
  await workOutToday(engineContext(stage))
  return { refused: [], records: [] }
}

/** What is due on the way happens at its own time, in its order. */
async function throughTime(stage: Stage, end: Date): Promise<void> {
  const { automation } = stage
  if (automation === undefined) return
  const nextDue = () => automation.of.nextDue(engineContext(stage))
  await passMoments(nextDue, end, async (due) => {
    const before = todayOf(engineContext(stage))
    await setClock(stage, due > stage.clock ? due : stage.clock)
    if (todayOf(engineContext(stage)) !== before) await workOutToday(engineContext(stage))
    await settle(stage)
  })
}

async function setClock(stage: Stage, at: Date): Promise<void> {
  stage.clock = at
  await stage.db.query({ text: `SELECT set_config('tenon.clock', $1, true)`, values: [at.toISOString()] })
}

/** A visitor has no account: the form acts. */
async function sendWebform(stage: Stage, step: ScenarioStep): Promise<Outcome> {
  const { entity, id } = await stage
    .webforms()
    .submit(engineContext(stage), step.webform ?? '', step.set ?? {})
  return remember(stage, step, entity, id)
}

/** Another system has no account either. */
async function receive(stage: Stage, { event = '', data = {}, files = {} }: ScenarioStep): Promise<Outcome> {
  await stage.automation?.of.receive(engineContext(stage), { event, data, files })
  return { refused: [], records: [] }
}

const PERFORM: { readonly [A in Exclude<Act, 'wait' | 'webform' | 'event'>]: Perform } = {
  async create(stage, step, context) {
    const { entity, values } = madeRecord(step.create ?? {})
    const answer = await createRecord(context, entity, withIds(stage, entity, values))
    return remember(stage, step, entity, dataIn<{ id: string }>(answer.body).id)
  },
  async upsert(stage, step, context) {
    const { entity, values } = madeRecord(step.upsert ?? {})
    const { [step.by ?? '']: key, ...rest } = withIds(stage, entity, values)
    const answer = await upsertRecord(context, entity, step.by ?? '', String(key), rest)
    return remember(stage, step, entity, dataIn<{ id: string }>(answer.body).id)
  },
  async update(stage, step, context) {
    const records = recordsOf(stage, step)
    const bodies: Data[] = []
    for (const record of records) bodies.push(await changeOf(stage, step, record))
    const [first] = records
    if (typeof step.update === 'string') await patchRecord(context, first!.entity, first!.id, bodies[0])
    else {
      const update = records.map(({ id }, index) => ({ id, ...bodies[index] }))
      await bulkRecords(context, first!.entity, { update })
    }
    return { refused: [], records }
  },
  async delete(stage, step, context) {
    const { entity, id } = stage.names.get(step.delete ?? '')!
    await deleteRecord(context, entity, id)
    return { refused: [], records: [{ entity, id }] }
  },
  async restore(stage, step, context) {
    const { entity, id } = stage.names.get(step.restore ?? '')!
    await restoreRecord(context, entity, id)
    return { refused: [], records: [{ entity, id }] }
  },
  async convert(stage, step, context) {
    const { entity, id } = stage.names.get(step.convert ?? '')!
    const answer = await convertRecord(context, entity, id, undefined)
    const { made } = dataIn<{ made: Readonly<Record<string, StagedRecord>> }>(answer.body)
    for (const [target, name] of Object.entries(step.made ?? {})) {
      const one = made[target]
      if (one !== undefined) stage.names.set(name, { entity: one.entity, id: one.id })
    }
    return { refused: [], records: [{ entity, id }] }
  },
  async merge(stage, step, context) {
    const { entity, id } = stage.names.get(step.merge ?? '')!
    const others = (step.with ?? []).map((name) => stage.names.get(name)!.id)
    await mergeRecords(context, entity, id, { with: others })
    return { refused: [], records: [{ entity, id }] }
  },
  async press(stage, step, context) {
    const { entity, id } = stage.names.get(step.press ?? '')!
    await stage.automation?.of.press(context, entity, id, step.flow ?? '')
    return { refused: [], records: [{ entity, id }] }
  },
  async tick(stage, step, context) {
    const { entity, id } = stage.names.get(step.tick ?? '')!
    await tickMilestone(context, entity, id, { milestone: step.milestone, done: step.done ?? true })
    return { refused: [], records: [{ entity, id }] }
  },
  submit: decide('submit'),
  approve: decide('approve'),
  reject: decide('reject'),
  return: decide('return'),
  withdraw: decide('withdraw'),
  async import(_stage, step, context) {
    const [entity = '', rows = []] = Object.entries(step.import ?? {})[0] ?? []
    const { stored, problems } = await importRows(context, entity, rows)
    return { refused: problems, records: [], count: stored }
  },
  async read(stage, step, context) {
    const { entity, id } = stage.names.get(step.read ?? '')!
    const shown = dataIn<Data>((await getRecord(context, entity, id, {})).body)
    return { refused: [], records: [{ entity, id }], shown }
  },
  list: (_stage, step, context) => listed(context, step.list ?? '', step),
  async summarise(_stage, step, context) {
    const { filter, group = [], measures = [{ fn: 'count' }] } = step
    const body = { ...(filter === undefined ? {} : { filter }), group, measures }
    const answer = await aggregateRecords(context, step.summarise ?? '', body)
    return { refused: [], records: [], rows: dataIn<readonly Data[]>(answer.body) }
  },
  async report(stage, step, context) {
    const found = await stage.reports().figuresOf(context, step.report ?? '', step.period)
    const { click } = step
    if (click === undefined || found.refused.length > 0) return { records: [], ...found }
    const named = (row: Data) =>
      Object.fromEntries(Object.entries(row).map(([key, one]) => [key, withNames(stage.names, one)]))
    const at = found.rows.findIndex((row) => isValue(named(row), click) || isValue(row, click))
    if (at === -1) throw refuse('RECORD_NOT_FOUND', '/click')
    const filter = found.filters?.[at]
    return await listed(context, found.entity ?? '', filter === undefined ? {} : { filter })
  },
  async dashboard(stage, step, context) {
    return { records: [], ...(await stage.reports().tilesOf(context, step.dashboard ?? '')) }
  },
  export(_stage, step, context) {
    const entity = step.export ?? ''
    parseExport(context, entity, step.filter === undefined ? {} : { filter: step.filter })
    const access = { ...context.access, entity: (name: string) => context.access.exported(name) }
    return listed({ ...context, access }, entity, step)
  },
}

/** A word about the approval of a record. */
function decide(word: (typeof APPROVAL_WORDS)[number]): Perform {
  return async (stage, step, context) => {
    const { entity, id } = stage.names.get(step[word] ?? '')!
    const body = step.comment === undefined ? {} : { comment: step.comment }
    await stage.approvals?.act(context, word, entity, id, body)
    return { refused: [], records: [{ entity, id }] }
  }
}

async function listed(
  context: RequestContext,
  entity: string,
  step: { readonly filter?: unknown; readonly search?: string },
): Promise<Outcome> {
  const { filter, search } = step
  const answer = await listRecords(context, entity, {
    ...(filter === undefined ? {} : { filter }),
    ...(search === undefined ? {} : { q: search }),
    limit: MOST_LISTED,
    count: 'exact',
  })
  const { data, count } = JSON.parse(answer.body) as { data: readonly { id: string }[]; count: number }
  return { refused: [], records: [], listed: data.map(({ id }) => id), count }
}

/** What is set, with what is added to the lists that are there. */
async function changeOf(stage: Stage, step: ScenarioStep, record: StagedRecord): Promise<Data> {
  const set = withIds(stage, record.entity, step.set ?? {})
  if (step.add === undefined) return set
  const added = withIds(stage, record.entity, step.add)
  const stored = dataIn<Data>((await getRecord(engineContext(stage), record.entity, record.id, {})).body)
  const lists = Object.entries(added).map(([field, values]) => [
    field,
    [...listIn(stored[field]), ...listIn(values)],
  ])
  return { ...set, ...Object.fromEntries(lists) }
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function remember(stage: Stage, step: ScenarioStep, entity: string, id: string): Outcome {
  if (step.name !== undefined) stage.names.set(step.name, { entity, id })
  return { refused: [], records: [{ entity, id }] }
}

/** `data` of an answer. */
export function dataIn<T>(body: string): T {
  return (JSON.parse(body) as { data: T }).data
}
