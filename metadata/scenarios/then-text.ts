import type { SentenceLanguage } from '../rules/sentence-words.ts'
import type { ScenarioStep } from '../types.ts'
import type { ScenarioThen } from './acts.ts'
import { fieldText, type Labels, valuesText } from './values-text.ts'

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
  readonly approval: (state: string, waiting: string) => string
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
    approval: (state, waiting) => `approval: ${[state, waiting].filter(Boolean).join(', waits for ')}`,
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
    approval: (state, waiting) => `审批：${[state, waiting].filter(Boolean).join('，待审批人 ')}`,
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
      ? words.refused(list(faults.map(({ code, path = '' }) => `${code} ${path}`.trim())))
      : undefined,
    values && valuesText(labels, entity, values, language),
    tags && valuesText(labels, entity, { tags }, language),
    then.owner && words.owner(then.owner),
    then.absent && words.absent(list(then.absent.map((name) => fieldText(labels, entity, name, language)))),
    then.exists === undefined ? undefined : words.exists(then.exists),
    ...sightTexts(then, words, list),
    then.approval && words.approval(then.approval.state ?? '', list(then.approval.waiting ?? [])),
    then.lane && words.lane(then.lane.map(laneText).join(' → ')),
    then.noted && words.noted(JSON.stringify(then.noted)),
  ]
  return told.filter(Boolean).join(words.and) || words.done
}

/** One step of a lane: `deal (lily, P2D)`. */
export function laneText({ record, owner, lasts }: NonNullable<ScenarioThen['lane']>[number]): string {
  const more = [owner, lasts].filter((one) => one !== undefined)
  return more.length === 0 ? record : `${record} (${more.join(', ')})`
}

function sightTexts(
  { visible, hidden, count, rows }: ScenarioThen,
  words: Words,
  list: (names: readonly string[]) => string,
): readonly (string | undefined)[] {
  return [
    visible && words.visible(list(visible)),
    hidden && words.hidden(list(hidden)),
    count === undefined ? undefined : words.count(count),
    rows && words.rows(rows.map((row) => JSON.stringify(row)).join(' ')),
  ]
}
