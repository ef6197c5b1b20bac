import { entityOfStep, type ScenarioThen } from '../../metadata/scenarios/acts.ts'
import { reasonText } from '../../metadata/scenarios/reasons.ts'
import { approvalText, notedText } from '../../metadata/scenarios/then-text.ts'
import { bothOf, fieldText, fieldValueText, rowText } from '../../metadata/scenarios/values-text.ts'
import type { ScenarioStep } from '../../metadata/types.ts'
import { AppError, type Language } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { poolOfOwner } from '../model/kinds/scenario-check.ts'
import type { RequestContext } from '../records/context.ts'
import { getRecord } from '../records/get.ts'
import { historyOf } from '../records/history.ts'
import { areFaults, isFault, isValue } from './compare.ts'
import { laneMismatch } from './expect-lane.ts'
import type { Mismatch } from './mismatch.ts'
import { dataIn, type Outcome } from './perform.ts'
import { contextOf, engineContext, type Stage, type StagedRecord } from './stage.ts'
import { labelsOf, problemsText, withNames } from './words.ts'

type Data = Readonly<Record<string, unknown>>

/** The first expectation of a step that its outcome does not meet. */
export async function mismatchOf(
  stage: Stage,
  step: ScenarioStep,
  outcome: Outcome,
): Promise<Mismatch | undefined> {
  const then = step.then ?? {}
  const entity = entityAbout(stage, step)
  const refusal = refusalMismatch(stage.model, entity, then, outcome)
  if (refusal !== undefined) return refusal
  for (const look of LOOKS) {
    const mismatch = await look(stage, step, then, outcome)
    if (mismatch !== undefined) return mismatch
  }
  return undefined
}

/** The entity of the records that a step is about; '' where it is about none. */
function entityAbout({ names, model: { definitions } }: Stage, step: ScenarioStep): string {
  const entities = new Map([...names].map(([name, { entity }]) => [name, entity]))
  const about = definitions.report.get(step.report ?? '')?.entity
  return about ?? entityOfStep(step, entities, definitions) ?? ''
}

function refusalMismatch(
  model: CompiledModel,
  entity: string,
  then: ScenarioThen,
  { refused }: Outcome,
): Mismatch | undefined {
  const wanted = [...(then.problem === undefined ? [] : [then.problem]), ...(then.problems ?? [])]
  const found = bothOf((language) =>
    refused.length === 0
      ? { en: 'It was done.', 'zh-CN': '操作成功。' }[language]
      : `${{ en: 'It was refused: ', 'zh-CN': '被拒绝：' }[language]}${problemsText(model, entity, refused, language)}`,
  )
  if (wanted.length === 0 && then.ok !== false) {
    if (refused.length === 0) return undefined
    const expected = { en: 'It should be done.', 'zh-CN': '应当成功。' }
    return { at: '/then', expected, found, problems: refused }
  }
  const expected = bothOf((language) => {
    if (wanted.length === 0) return { en: 'It should be refused.', 'zh-CN': '应当被拒绝。' }[language]
    const reasons = wanted.map((fault) => reasonText(labelsOf(model), entity, fault, language))
    return language === 'en'
      ? `It should be refused: ${reasons.join('; ')}.`
      : `应当被拒绝：${reasons.join('；')}。`
  })
  const isMet =
    refused.length > 0 &&
    (then.problem === undefined || refused.some((fault) => isFault(fault, then.problem!))) &&
    (then.problems === undefined || areFaults(refused, then.problems))
  return isMet ? undefined : { at: '/then', expected, found, problems: refused }
}

type Look = (
  stage: Stage,
  step: ScenarioStep,
  then: ScenarioThen,
  outcome: Outcome,
) => Promise<Mismatch | undefined> | Mismatch | undefined

const LOOKS: readonly Look[] = [
  valuesMismatch,
  absentMismatch,
  existsMismatch,
  sightMismatch,
  countMismatch,
  rowsMismatch,
  notedMismatch,
  approvalMismatch,
  laneMismatch,
]

/** Values, owner and tags of every record that the step was about. */
async function valuesMismatch(
  stage: Stage,
  _step: ScenarioStep,
  then: ScenarioThen,
  outcome: Outcome,
): Promise<Mismatch | undefined> {
  const pool = poolOfOwner(then.owner, stage.names, stage.model.definitions)
  const wanted: readonly (readonly [string, string, unknown])[] = [
    ...Object.entries(then.values ?? {}).map(
      ([name, value]) => [`/then/values/${name}`, name, value] as const,
    ),
    ...(then.owner === undefined
      ? []
      : [['/then/owner', 'owner', pool === undefined ? then.owner : pool.id] as const]),
    ...(then.tags === undefined ? [] : [['/then/tags', 'tags', then.tags] as const]),
  ]
  if (wanted.length === 0) return undefined
  if (outcome.records.length === 0) return noRecord('/then/values')
  for (const record of outcome.records) {
    const data = outcome.shown ?? (await storedData(stage, record))
    if (data === undefined) return noRecord('/then/values')
    for (const [at, name, value] of wanted) {
      const found = isValue(data[name], value) ? data[name] : withNames(stage.names, data[name])
      if (!isValue(found, value)) return valueMismatch(stage, record.entity, { at, name, value, found })
    }
  }
  return undefined
}

/** How the approval of the record stands, and whose turn it is. */
async function approvalMismatch(
  stage: Stage,
  _step: ScenarioStep,
  { approval: wanted }: ScenarioThen,
  { records }: Outcome,
): Promise<Mismatch | undefined> {
  if (wanted === undefined) return undefined
  const stands = await stage.approvals?.stateOf(engineContext(stage), records[0]?.id ?? '')
  const found = {
    state: stands?.state ?? null,
    waiting: withNames(stage.names, [...(stands?.waiting ?? [])]) as readonly string[],
  }
  const isMet =
    (wanted.state === undefined || wanted.state === found.state) &&
    (wanted.waiting === undefined || [...wanted.waiting].sort().join() === [...found.waiting].sort().join())
  if (isMet) return undefined
  return {
    at: '/then/approval',
    expected: bothOf((language) =>
      language === 'en'
        ? `The approval should be: ${approvalText(wanted, language)}.`
        : `审批应为：${approvalText(wanted, language)}。`,
    ),
    found: bothOf((language) =>
      language === 'en'
        ? `It is: ${approvalText(found, language)}.`
        : `实际为：${approvalText(found, language)}。`,
    ),
  }
}

function noRecord(at: string): Mismatch {
  return {
    at,
    expected: { en: 'There should be a record.', 'zh-CN': '应当有一条记录。' },
    found: { en: 'There is none.', 'zh-CN': '没有记录。' },
  }
}

function valueMismatch(
  { model }: Stage,
  entity: string,
  { at, name, value, found }: { at: string; name: string; value: unknown; found: unknown },
): Mismatch {
  const labels = labelsOf(model)
  return {
    at,
    expected: bothOf((language) => {
      const field = fieldText(labels, entity, name, language)
      const text = fieldValueText(labels, entity, { name, value }, language)
      return language === 'en' ? `${field} should be ${text}.` : `${field}应为${text}。`
    }),
    found: bothOf((language) => {
      const text = fieldValueText(labels, entity, { name, value: found }, language)
      return language === 'en' ? `It is ${text}.` : `实际为${text}。`
    }),
  }
}

function absentMismatch({ model }: Stage, _step: ScenarioStep, then: ScenarioThen, outcome: Outcome) {
  const [record] = outcome.records
  const seen = (then.absent ?? []).find((name) => outcome.shown !== undefined && name in outcome.shown)
  if (seen === undefined || record === undefined) return undefined
  const labels = labelsOf(model)
  const shown = { name: seen, value: outcome.shown?.[seen] }
  return {
    at: '/then/absent',
    expected: bothOf((language) => {
      const field = fieldText(labels, record.entity, seen, language)
      return language === 'en' ? `${field} should not be shown.` : `${field}不应显示。`
    }),
    found: bothOf((language) => {
      const text = fieldValueText(labels, record.entity, shown, language)
      return language === 'en' ? `It shows ${text}.` : `实际显示${text}。`
    }),
  }
}

async function existsMismatch(stage: Stage, _step: ScenarioStep, then: ScenarioThen, outcome: Outcome) {
  if (then.exists === undefined) return undefined
  const live = await Promise.all(outcome.records.map((record) => storedData(stage, record)))
  const exists = live.length > 0 && live.every((data) => data !== undefined)
  if (exists === then.exists) return undefined
  const there = { en: 'is there', 'zh-CN': '存在' }
  const gone = { en: 'is not there', 'zh-CN': '不存在' }
  const [wanted, found] = then.exists ? [there, gone] : [gone, there]
  return {
    at: '/then/exists',
    expected: { en: `The record ${wanted.en}.`, 'zh-CN': `记录应当${wanted['zh-CN']}。` },
    found: { en: `It ${found.en}.`, 'zh-CN': `实际${found['zh-CN']}。` },
  }
}

/** Who is in a list, or can be opened. */
async function sightMismatch(stage: Stage, step: ScenarioStep, then: ScenarioThen, outcome: Outcome) {
  if (then.visible === undefined && then.hidden === undefined) return undefined
  const context = await contextOf(stage, step.as ?? '')
  const sees = async (name: string): Promise<boolean> => {
    const record = stage.names.get(name)
    if (record === undefined) return false
    if (outcome.listed !== undefined) return outcome.listed.includes(record.id)
    return (await dataFor(context, record)) !== undefined
  }
  for (const [key, wanted] of [
    ['visible', true],
    ['hidden', false],
  ] as const) {
    for (const name of then[key] ?? []) {
      if ((await sees(name)) === wanted) continue
      return {
        at: `/then/${key}`,
        expected: wanted
          ? { en: `${step.as} should see ${name}.`, 'zh-CN': `${step.as}应当能看到${name}。` }
          : { en: `${step.as} should not see ${name}.`, 'zh-CN': `${step.as}不应看到${name}。` },
        found: wanted
          ? { en: `${name} is not shown.`, 'zh-CN': `${name}没有显示。` }
          : { en: `${name} is shown.`, 'zh-CN': `${name}显示了出来。` },
      }
    }
  }
  return undefined
}

function countMismatch(_stage: Stage, _step: ScenarioStep, then: ScenarioThen, { count }: Outcome) {
  if (then.count === undefined || then.count === count) return undefined
  return {
    at: '/then/count',
    expected: { en: `There should be ${then.count}.`, 'zh-CN': `应有 ${then.count} 条。` },
    found: { en: `There are ${count ?? 0}.`, 'zh-CN': `实际有 ${count ?? 0} 条。` },
  }
}

function rowsMismatch(stage: Stage, step: ScenarioStep, then: ScenarioThen, { rows = [] }: Outcome) {
  const [labels, entity] = [labelsOf(stage.model), entityAbout(stage, step)]
  const of = { entity, report: step.report }
  const told = (row: Data, language: Language): string => rowText(labels, of, row, language)
  const found = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, withNames(stage.names, value)])),
  )
  const missing = (then.rows ?? []).find(
    (row) => !found.some((one) => isValue(one, row)) && !rows.some((one) => isValue(one, row)),
  )
  if (missing === undefined) return undefined
  return {
    at: '/then/rows',
    expected: bothOf((language) =>
      language === 'en'
        ? `There should be the row ${told(missing, language)}.`
        : `应有这一行：${told(missing, language)}。`,
    ),
    found: bothOf((language) =>
      found.length === 0
        ? { en: 'There is no row.', 'zh-CN': '没有任何行。' }[language]
        : `${{ en: 'The rows are ', 'zh-CN': '实际为' }[language]}${found.map((row) => told(row, language)).join(' ')}`,
    ),
  }
}

interface HistoryEntry {
  readonly action: string
  readonly actor: { readonly id: string } | null
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

/** The last entry in the history of the record. */
async function notedMismatch(
  stage: Stage,
  _step: ScenarioStep,
  { noted }: ScenarioThen,
  { records }: Outcome,
): Promise<Mismatch | undefined> {
  if (noted === undefined) return undefined
  const [record] = records
  if (record === undefined) return noRecord('/then/noted')
  const entry = await lastEntry(stage, record)
  const found = {
    by: withNames(stage.names, entry?.actor?.id),
    action: entry?.action,
    changes: Object.fromEntries(
      (entry?.changes ?? []).map(({ field, before, after }) => [
        field,
        { from: withNames(stage.names, before), to: withNames(stage.names, after) },
      ]),
    ),
  }
  if (isValue(found, noted)) return undefined
  const labels = labelsOf(stage.model)
  const said = (one: unknown, language: Language): string =>
    notedText(labels, record.entity, one as NonNullable<ScenarioThen['noted']>, language)
  return {
    at: '/then/noted',
    expected: bothOf((language) =>
      language === 'en'
        ? `The history should say: ${said(noted, language)}.`
        : `历史应记载：${said(noted, language)}。`,
    ),
    found: bothOf((language) =>
      language === 'en' ? `It says: ${said(found, language)}.` : `实际为：${said(found, language)}。`,
    ),
  }
}

/** A deleted record's history is kept with the trail alone. */
async function lastEntry(stage: Stage, { entity, id }: StagedRecord): Promise<HistoryEntry | undefined> {
  const { model, db } = stage
  try {
    const answer = await historyOf(engineContext(stage), entity, id, { limit: '1' })
    return dataIn<readonly HistoryEntry[]>(answer.body)[0]
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'RECORD_NOT_FOUND') throw error
  }
  const { rows } = await db.query<{ action: string; actor: string | null }>({
    text: `SELECT action, actor::text AS actor FROM ${model.schema}.tenon_audit WHERE record = $1 ORDER BY id DESC LIMIT 1`,
    values: [id],
  })
  const [row] = rows
  if (row === undefined) return undefined
  return { action: row.action, actor: row.actor === null ? null : { id: row.actor }, changes: [] }
}

function storedData(stage: Stage, record: StagedRecord): Promise<Data | undefined> {
  return dataFor(engineContext(stage), record)
}

const UNSEEN: ReadonlySet<string> = new Set(['RECORD_NOT_FOUND', 'ENTITY_UNKNOWN'])

/** A record as somebody is shown it; undefined where it is out of their sight. */
async function dataFor(context: RequestContext, { entity, id }: StagedRecord): Promise<Data | undefined> {
  try {
    return dataIn<Data>((await getRecord(context, entity, id, {})).body)
  } catch (error) {
    if (error instanceof AppError && UNSEEN.has(error.code)) return undefined
    throw error
  }
}
