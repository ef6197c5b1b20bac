import { textIn } from '../../../metadata/text.ts'
import type { AssignmentDefinition } from '../../../metadata/types.ts'
import { instantSql } from '../../db/values.ts'
import type { Language, LocalText } from '../../errors.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { askedRecord } from '../../records/asked-record.ts'
import type { RecordAnswer, RequestContext } from '../../records/context.ts'
import { namesOf, type Person, type PersonNames, told } from '../../records/people.ts'
import type { ShownCells } from '../../records/shown-cells.ts'
import { NUMBER_KEY, type TimelineSource } from '../../records/timeline-source.ts'
import type { RuleResult, Skip, TracedPerson, TracedRule } from './trace.ts'

/** Of a record that was assigned more often, the last ones. */
const MOST = 50

interface Row {
  readonly id: string
  readonly at: string
  readonly assignment: string
  readonly name: string
  readonly cause: string
  readonly outcome: string
  readonly chosen: string | null
  readonly accept_by: string | null
  readonly accepted_at: string | null
  /** Whether it waits for the word of who was chosen. */
  readonly awaits: boolean
  readonly trace: string
}

/**
 * Why a record has its owner, newest first: each decision with its rules, each rule with its people and why they were
 * passed over. For those who are shown the record and its owner.
 */
export async function assignmentsOfRecord(
  context: RequestContext,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const { entity, uuid, shown } = await askedRecord(context, entityName, id, raw)
  const isShown = showsOwner(entity, shown)
  const rows = isShown ? await readDecisions(context, entity.id, uuid, { limit: MOST }) : []
  const traces = rows.map(({ trace }) => JSON.parse(trace) as readonly TracedRule[])
  const named = traces.flatMap((trace) => trace.flatMap(({ people }) => people.map(({ user }) => user)))
  const names = await namesOf(context, context.db, [...named, ...rows.map(({ chosen }) => chosen)])
  const data = rows.map((row, index) => presentDecision(context, row, traces[index]!, names))
  return { status: 200, body: JSON.stringify({ data }) }
}

/** Which rule gave a record its owners, for its timeline; undefined for those who are not shown its owner. */
export function assignmentSource(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  cells: ShownCells,
): TimelineSource | undefined {
  if (!showsOwner(entity, cells)) return undefined
  return {
    ...{ type: 'assignment', name: 'assignment', key: NUMBER_KEY },
    async read(limit, from) {
      const rows = await readDecisions(context, entity.id, id, { limit, from })
      return rows.map((row) => ({
        ...{ at: row.at, key: row.id, people: row.chosen === null ? [] : [row.chosen] },
        tell: (names) => presentTaken(context, row, names),
      }))
    },
  }
}

function showsOwner(entity: CompiledEntity, cells: ShownCells): boolean {
  const owner = entity.fields.get('owner')
  return owner !== undefined && cells(owner) === 'whole'
}

/** A decision by the rule that decided; the others and who was passed over stand in the whole of it. */
function presentTaken(context: RequestContext, row: Row, names: PersonNames): object {
  const traced = JSON.parse(row.trace) as readonly TracedRule[]
  const { at: _at, rules, ...decision } = presentDecision(context, row, traced, names)
  const by = rules.find(({ result }) => result === 'given' || result === 'waiting')
  const rule = by === undefined ? null : { name: by.name, label: by.label }
  return { actor: null, via: 'assignment', ...decision, rule }
}

interface DecisionPage {
  readonly limit: number
  /** The number of the decision with which it begins. */
  readonly from?: string | undefined
}

async function readDecisions(
  { model, db, actor }: RequestContext,
  entity: string,
  id: string,
  { limit, from }: DecisionPage,
) {
  const { rows } = await db.query<Row>({
    text:
      `SELECT a.id::text AS id, ${instantSql('a.at')} AS at, a.assignment::text AS assignment, a.name, a.cause, a.outcome, ` +
      `a.chosen::text AS chosen, ${instantSql('a.accept_by')} AS accept_by, ${instantSql('a.accepted_at')} AS accepted_at, ` +
      `EXISTS (SELECT 1 FROM ${model.schema}.tenon_acceptance w WHERE w.record = a.record AND w.decision = a.id AND w.owner = $3::uuid) AS awaits, ` +
      `a.trace::text AS trace FROM ${model.schema}.tenon_assignment a ` +
      'WHERE a.record = $1::uuid AND a.entity = $2::uuid AND ($4::bigint IS NULL OR a.id <= $4::bigint) ' +
      'ORDER BY a.id DESC LIMIT $5::bigint',
    values: [id, entity, actor.id ?? null, from ?? null, limit],
  })
  return rows
}

function presentDecision(
  { model, actor: { language } }: RequestContext,
  row: Row,
  trace: readonly TracedRule[],
  names: PersonNames,
) {
  const { at, assignment, name, cause, outcome, chosen, accept_by, accepted_at, awaits } = row
  const definition = [...model.translated.assignment.values()].find(({ id }) => id === assignment)
  const person = (id: string) => presentPool(model, id, language) ?? told(id, names)
  return {
    at,
    assignment: { name: definition?.name ?? name, label: textIn(definition?.label, language, name) },
    cause,
    outcome,
    owner: chosen === null ? null : person(chosen),
    ...{ accept_by, accepted_at, awaits },
    rules: trace.map((traced) => ({
      ...presentRule(definition, traced, language),
      result: traced.result,
      text: RESULTS[traced.result][language],
      people: traced.people.map(({ user, skip, isChosen, ...numbers }) => ({
        user: person(user),
        chosen: isChosen === true,
        skip: skip ?? null,
        text: personText({ skip, isChosen }, language),
        ...numbers,
      })),
    })),
  }
}

/** A pool as the holder of a record. */
function presentPool(
  { translated }: CompiledModel,
  id: string,
  language: Language,
): (Person & { readonly pool: string }) | undefined {
  const pool = [...translated.pool.values()].find((one) => one.id === id)
  return pool && { id, label: textIn(pool.label, language, pool.name), pool: pool.name }
}

/** A rule goes by the name that it has today; one that is no more by the one that it had. */
function presentRule(
  definition: AssignmentDefinition | undefined,
  { rule, name }: TracedRule,
  language: Language,
): { readonly name: string; readonly label: string } {
  if (rule === null) return { name, label: OTHERWISE[language] }
  const found = definition?.rules.find(({ id }) => id === rule)
  return { name: found?.name ?? name, label: textIn(found?.label, language, found?.name ?? name) }
}

function personText(
  {
    skip,
    isChosen,
  }: { readonly skip: TracedPerson['skip'] | undefined; readonly isChosen: true | undefined },
  language: Language,
): string {
  if (skip !== undefined) return SKIPS[skip][language]
  return (isChosen === true ? CHOSEN : FREE)[language]
}

const OTHERWISE: LocalText = { en: 'Otherwise', 'zh-CN': '其余' }
const CHOSEN: LocalText = { en: 'got it', 'zh-CN': '被选中' }
const FREE: LocalText = { en: 'free, not next in turn', 'zh-CN': '可分配，未轮到' }

const RESULTS: { readonly [R in RuleResult]: LocalText } = {
  passed_over: { en: 'its condition does not hold', 'zh-CN': '不满足条件' },
  nobody: { en: 'nobody comes into question', 'zh-CN': '无人可选' },
  closed: { en: 'outside of working time', 'zh-CN': '不在工作时间' },
  full: { en: 'everybody is full', 'zh-CN': '人员均已满' },
  waiting: { en: 'waits until somebody is free', 'zh-CN': '等待有人空闲' },
  given: { en: 'decided', 'zh-CN': '由此规则决定' },
}

const SKIPS: { readonly [S in Skip]: LocalText } = {
  inactive: { en: 'deactivated', 'zh-CN': '已停用' },
  absent: { en: 'absent', 'zh-CN': '缺勤' },
  unfit: { en: 'does not fit', 'zh-CN': '不符合候选条件' },
  not_accepted: { en: 'did not accept it in time', 'zh-CN': '未及时接受' },
  no_weight: { en: 'has no weight', 'zh-CN': '权重为零' },
  day_full: { en: 'has today’s number already', 'zh-CN': '今日已满' },
  open_full: { en: 'has too many open records', 'zh-CN': '未结记录已满' },
}
