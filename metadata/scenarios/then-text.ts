import type { SentenceLanguage } from '../rules/sentence-words.ts'
import type { LocalText } from '../rules/types.ts'
import type { ScenarioStep } from '../types.ts'
import type { ScenarioThen } from './acts.ts'
import { reasonText } from './reasons.ts'
import { fieldText, fieldValueText, type Labels, rowText, valuesText } from './values-text.ts'

interface Words {
  readonly done: string
  readonly refused: (faults: string) => string
  readonly absent: (fields: string) => string
  readonly owner: (name: string) => string
  readonly exists: (is: boolean) => string
  readonly visible: (names: string) => string
  readonly hidden: (names: string) => string
  readonly count: (count: number) => string
  readonly rows: (rows: string) => string
  readonly noted: (noted: string) => string
  readonly approval: (said: string) => string
  readonly lane: (steps: string) => string
  readonly and: string
  readonly list: string
}

const WORDS: { readonly [L in SentenceLanguage]: Words } = {
  en: {
    done: 'it is done',
    refused: (faults) => (faults === '' ? 'it is refused' : `it is refused: ${faults}`),
    absent: (fields) => `not shown: ${fields}`,
    owner: (name) => `owner: ${name}`,
    exists: (is) => (is ? 'it is there' : 'it is gone'),
    visible: (names) => `visible: ${names}`,
    hidden: (names) => `hidden: ${names}`,
    count: (count) => `there are ${count}`,
    rows: (rows) => `rows: ${rows}`,
    noted: (noted) => `noted: ${noted}`,
    approval: (said) => `approval: ${said}`,
    lane: (steps) => `lane: ${steps}`,
    and: '; ',
    list: ', ',
  },
  'zh-CN': {
    done: '操作成功',
    refused: (faults) => (faults === '' ? '被拒绝' : `被拒绝：${faults}`),
    absent: (fields) => `不显示：${fields}`,
    owner: (name) => `负责人：${name}`,
    exists: (is) => (is ? '记录存在' : '记录不再存在'),
    visible: (names) => `可见：${names}`,
    hidden: (names) => `不可见：${names}`,
    count: (count) => `共 ${count} 条`,
    rows: (rows) => `结果行：${rows}`,
    noted: (noted) => `留痕：${noted}`,
    approval: (said) => `审批：${said}`,
    lane: (steps) => `泳道：${steps}`,
    and: '；',
    list: '、',
  },
}

/** What is expected of a step, as one phrase. */
export function thenText(
  labels: Labels,
  step: ScenarioStep,
  entity: string,
  language: SentenceLanguage,
): string {
  const words = WORDS[language]
  const then = step.then ?? {}
  const { problem, problems = [], values, tags } = then
  const faults = [...(problem === undefined ? [] : [problem]), ...problems]
  const isRefused = faults.length > 0 || then.ok === false
  const list = (names: readonly string[]) => names.join(words.list)
  const told: readonly (string | undefined)[] = [
    isRefused
      ? words.refused(list(faults.map((fault) => reasonText(labels, entity, fault, language))))
      : undefined,
    values && valuesText(labels, entity, values, language),
    tags && valuesText(labels, entity, { tags }, language),
    then.owner && words.owner(then.owner),
    then.absent && words.absent(list(then.absent.map((name) => fieldText(labels, entity, name, language)))),
    then.exists === undefined ? undefined : words.exists(then.exists),
    ...sightTexts(then, words, list),
    then.rows &&
      words.rows(
        then.rows.map((row) => rowText(labels, { entity, report: step.report }, row, language)).join(' '),
      ),
    then.approval && words.approval(approvalText(then.approval, language)),
    then.lane && words.lane(then.lane.map(laneText).join(' → ')),
    then.noted && words.noted(notedText(labels, entity, then.noted, language)),
  ]
  return told.filter(Boolean).join(words.and) || words.done
}

/** One step of a lane: `deal (lily, P2D)`. */
export function laneText({ record, owner, lasts }: NonNullable<ScenarioThen['lane']>[number]): string {
  const more = [owner, lasts].filter((one) => one !== undefined)
  return more.length === 0 ? record : `${record} (${more.join(', ')})`
}

function sightTexts(
  { visible, hidden, count }: ScenarioThen,
  words: Words,
  list: (names: readonly string[]) => string,
): readonly (string | undefined)[] {
  return [
    visible && words.visible(list(visible)),
    hidden && words.hidden(list(hidden)),
    count === undefined ? undefined : words.count(count),
  ]
}

type Approval = NonNullable<ScenarioThen['approval']>

const STATES: Readonly<Record<NonNullable<Approval['state']>, LocalText> & Record<string, LocalText>> = {
  running: { en: 'under way', 'zh-CN': '审批中' },
  returned: { en: 'sent back', 'zh-CN': '已退回' },
  approved: { en: 'approved', 'zh-CN': '已通过' },
  not_needed: { en: 'not needed', 'zh-CN': '无需审批' },
  rejected: { en: 'rejected', 'zh-CN': '已拒绝' },
  withdrawn: { en: 'withdrawn', 'zh-CN': '已撤回' },
}
const NOT_SUBMITTED: LocalText = { en: 'not submitted', 'zh-CN': '未提交' }

/** How an approval stands, and whose turn it is; `null` for what was never submitted. */
export function approvalText(
  { state, waiting = [] }: { readonly state?: string | null; readonly waiting?: readonly string[] },
  language: SentenceLanguage,
): string {
  const stands =
    state === undefined ? '' : state === null ? NOT_SUBMITTED[language] : (STATES[state]?.[language] ?? state)
  const people = waiting.join(WORDS[language].list)
  const waits = people === '' ? '' : language === 'en' ? `waits for ${people}` : `等待${people}`
  return [stands, waits].filter(Boolean).join(language === 'en' ? ', ' : '，')
}

type Noted = NonNullable<ScenarioThen['noted']>

const ACTIONS: Readonly<Record<NonNullable<Noted['action']>, LocalText>> = {
  create: { en: 'created it', 'zh-CN': '新建' },
  update: { en: 'changed it', 'zh-CN': '修改' },
  delete: { en: 'deleted it', 'zh-CN': '删除' },
  restore: { en: 'restored it', 'zh-CN': '恢复' },
}

/** An entry of a record's history: who did what, and each value before and after. */
export function notedText(
  labels: Labels,
  entity: string,
  { by, action, changes = {} }: Noted,
  language: SentenceLanguage,
): string {
  const done = action === undefined ? '' : ACTIONS[action][language]
  const who = by === undefined || language === 'zh-CN' ? `${by ?? ''}${done}` : `${by} ${done}`.trim()
  const changed = Object.entries(changes).map(([name, { from, to }]) => {
    const of = (value: unknown): string => fieldValueText(labels, entity, { name, value }, language)
    const before = from === undefined ? '' : `${of(from)} → `
    const field = fieldText(labels, entity, name, language)
    return language === 'en' ? `${field}: ${before}${of(to)}` : `${field}：${before}${of(to)}`
  })
  return [who, changed.join(WORDS[language].list)].filter(Boolean).join(language === 'en' ? '; ' : '；')
}
