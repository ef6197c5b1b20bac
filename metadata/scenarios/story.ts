import { durationWords, type SentenceLanguage } from '../rules/sentence-words.ts'
import type { LocalText } from '../rules/types.ts'
import { textIn } from '../text.ts'
import type { ScenarioStep } from '../types.ts'
import { ACTS, actsOf, entityOfStep, type Makers, madeRecord, singleRecord, updatedNames } from './acts.ts'
import { periodText } from './period-text.ts'
import { thenText } from './then-text.ts'
import { bothOf, entityText, type Labels, rowText, valuesText, valueText } from './values-text.ts'

/** What is given, and what it is called. */
export interface GivenRecord {
  readonly name: string
  readonly entity: string
  readonly values: Readonly<Record<string, unknown>>
}

/** “Given acme, a record of Account: Name: …”. */
export function givenText(labels: Labels, { name, entity, values }: GivenRecord): LocalText {
  return bothOf((language) => {
    const what = entityText(labels, entity, language)
    const said = valuesText(labels, entity, values, language)
    return language === 'en' ? `Given ${name} (${what}): ${said}` : `已知 ${name}（${what}）：${said}`
  })
}

/** What a step does, and what must come of it; undefined where nothing can be expected of it. */
export interface StepTold {
  readonly happens: string
  readonly expected: string | undefined
}

/** Both halves of the sentence that a step is. @param names the entity of every record that has a name by then */
export function tellStep(
  labels: Labels,
  makers: Makers,
  step: ScenarioStep,
  names: ReadonlyMap<string, string>,
  language: SentenceLanguage,
): StepTold {
  const [act = 'wait'] = actsOf(step)
  const entity = aboutOf(step, makers) ?? entityOfStep(step, names, makers) ?? ''
  const what =
    step.event === undefined
      ? entityText(labels, entity, language)
      : connectionText(labels, step.event, language)
  const said = changeText(labels, step, entity, language)
  const record = updatedNames(step).join(', ') || (singleRecord(step) ?? step.name ?? '')
  const sentence = language === 'en' ? ENGLISH : CHINESE
  const wait = waitText(step, language)
  const called = calledBy(labels, step, entity, language)
  return {
    happens: sentence[act]({ who: step.as ?? '', what, said, record, wait, called, step }),
    expected: ACTS[act].expects.length === 0 ? undefined : thenText(labels, step, entity, language),
  }
}

/** What a step does and what is expected of it, as one sentence. @param names the entity of every record that has a name by then */
export function stepText(
  labels: Labels,
  makers: Makers,
  step: ScenarioStep,
  names: ReadonlyMap<string, string>,
): LocalText {
  return bothOf((language) => {
    const { happens, expected } = tellStep(labels, makers, step, names, language)
    return expected === undefined ? happens : `${happens} → ${expected}`
  })
}

interface Told {
  readonly who: string
  /** The entity's label. */
  readonly what: string
  /** Values as text. */
  readonly said: string
  readonly record: string
  readonly wait: string
  /** What the step names beside records: a form, a button, a milestone, a report, a row of it. */
  readonly called: Called
  readonly step: ScenarioStep
}

interface Called {
  readonly webform: string
  readonly flow: string
  readonly milestone: string
  readonly report: string
  readonly dashboard: string
  /** The row that is clicked; '' where none is. */
  readonly row: string
}

/** The entity of what is looked at by its own definition. */
const aboutOf = ({ report }: ScenarioStep, makers: Makers): string | undefined =>
  report === undefined ? undefined : makers.report?.get(report)?.entity

function calledBy(labels: Labels, step: ScenarioStep, entity: string, language: SentenceLanguage): Called {
  const of = (kind: 'webform' | 'flow' | 'report' | 'dashboard'): string => {
    const name = step[kind] ?? ''
    return textIn(labels.definition(kind, name), language, name)
  }
  const { milestone = '', click = {} } = step
  return {
    ...{ webform: of('webform'), flow: of('flow'), report: of('report'), dashboard: of('dashboard') },
    milestone: textIn(labels.milestone(entity, milestone), language, milestone),
    row:
      Object.keys(click).length === 0
        ? ''
        : rowText(labels, { entity, report: step.report }, click, language),
  }
}
type Sentences = { readonly [A in NonNullable<ReturnType<typeof actsOf>[number]>]: (told: Told) => string }

const rowCount = ({ step }: Told) => Object.values(step.import ?? {})[0]?.length ?? 0

const ENGLISH: Sentences = {
  create: ({ who, what, said, record }) =>
    `${who} creates ${what}${record === '' ? '' : ` (${record})`}: ${said}`,
  upsert: ({ who, what, said }) => `${who} creates or changes ${what}: ${said}`,
  webform: ({ called, said, record }) =>
    `a visitor sends the web form “${called.webform}”${record === '' ? '' : ` (${record})`}: ${said}`,
  event: ({ what, said, step }) => `${what} tells “${eventName(step)}”${said === '' ? '' : `: ${said}`}`,
  update: ({ who, record, said }) => `${who} changes ${record}: ${said}`,
  delete: ({ who, record }) => `${who} deletes ${record}`,
  restore: ({ who, record }) => `${who} restores ${record}`,
  convert: ({ who, record }) => `${who} converts ${record}`,
  merge: ({ who, record, step }) => `${who} merges ${(step.with ?? []).join(', ')} into ${record}`,
  press: ({ who, record, called }) => `${who} presses “${called.flow}” on ${record}`,
  tick: ({ who, record, step, called }) =>
    `${who} ${step.done === false ? 'unticks' : 'ticks'} “${called.milestone}” of ${record}`,
  submit: ({ who, record }) => `${who} submits ${record} for approval`,
  approve: ({ who, record }) => `${who} approves ${record}`,
  reject: ({ who, record }) => `${who} rejects ${record}`,
  return: ({ who, record }) => `${who} sends ${record} back`,
  withdraw: ({ who, record }) => `${who} withdraws ${record}`,
  import: (told) => `${told.who} imports ${rowCount(told)} rows of ${told.what}`,
  read: ({ who, record }) => `${who} opens ${record}`,
  list: ({ who, what, step }) =>
    `${who} lists ${what}${step.search === undefined ? '' : ` with “${step.search}”`}`,
  summarise: ({ who, what }) => `${who} sums up ${what}`,
  report: ({ who, called, step }) =>
    `${who} looks at the report “${called.report}”${overText(step, 'en')}${clickText(step, ` and clicks ${called.row || 'its number'}`)}`,
  dashboard: ({ who, called }) => `${who} opens the dashboard “${called.dashboard}”`,
  export: ({ who, what }) => `${who} exports ${what}`,
  wait: ({ wait }) => `After ${wait}`,
}
const CHINESE: Sentences = {
  create: ({ who, what, said, record }) =>
    `${who}新建${what}${record === '' ? '' : `（${record}）`}：${said}`,
  upsert: ({ who, what, said }) => `${who}新建或更新${what}：${said}`,
  webform: ({ called, said, record }) =>
    `访客提交网页表单“${called.webform}”${record === '' ? '' : `（${record}）`}：${said}`,
  event: ({ what, said, step }) => `${what}推送「${eventName(step)}」${said === '' ? '' : `：${said}`}`,
  update: ({ who, record, said }) => `${who}修改 ${record}：${said}`,
  delete: ({ who, record }) => `${who}删除 ${record}`,
  restore: ({ who, record }) => `${who}恢复 ${record}`,
  convert: ({ who, record }) => `${who}转化 ${record}`,
  merge: ({ who, record, step }) => `${who}将 ${(step.with ?? []).join('、')} 并入 ${record}`,
  press: ({ who, record, called }) => `${who}在 ${record} 上点击“${called.flow}”`,
  tick: ({ who, record, step, called }) =>
    `${who}${step.done === false ? '取消勾选' : '勾选'} ${record} 的“${called.milestone}”`,
  submit: ({ who, record }) => `${who}提交 ${record} 审批`,
  approve: ({ who, record }) => `${who}审批通过 ${record}`,
  reject: ({ who, record }) => `${who}拒绝 ${record}`,
  return: ({ who, record }) => `${who}退回 ${record}`,
  withdraw: ({ who, record }) => `${who}撤回 ${record}`,
  import: (told) => `${told.who}导入 ${rowCount(told)} 行${told.what}`,
  read: ({ who, record }) => `${who}打开 ${record}`,
  list: ({ who, what, step }) =>
    `${who}列出${what}${step.search === undefined ? '' : `，搜索“${step.search}”`}`,
  summarise: ({ who, what }) => `${who}汇总${what}`,
  report: ({ who, called, step }) =>
    `${who}查看报表“${called.report}”${overText(step, 'zh-CN')}${clickText(step, `，点击${called.row || '其数字'}`)}`,
  dashboard: ({ who, called }) => `${who}打开仪表盘“${called.dashboard}”`,
  export: ({ who, what }) => `${who}导出${what}`,
  wait: ({ wait }) => `${wait}之后`,
}

/** The time that somebody picks for a report; nothing where it begins with its own. */
function overText({ period }: ScenarioStep, language: SentenceLanguage): string {
  if (period === undefined) return ''
  const text = periodText(period, language)
  return language === 'en' ? ` for ${text}` : `（${text}）`
}

function waitText({ wait = '' }: ScenarioStep, language: SentenceLanguage): string {
  return durationWords(wait, language) || wait
}

function changeText(labels: Labels, step: ScenarioStep, entity: string, language: SentenceLanguage): string {
  const made = step.create ?? step.upsert
  if (step.event !== undefined) return toldText(step, language)
  if (made !== undefined) return valuesText(labels, entity, madeRecord(made).values, language)
  const set = step.set === undefined ? [] : [valuesText(labels, entity, step.set, language)]
  const added = step.add === undefined ? [] : [`+ ${valuesText(labels, entity, step.add, language)}`]
  return [...set, ...added].join(language === 'en' ? ', ' : '，')
}

function connectionText(labels: Labels, event: string, language: SentenceLanguage): string {
  const [name = ''] = event.split('.')
  return textIn(labels.definition('connection', name), language, name)
}

function eventName({ event = '' }: ScenarioStep): string {
  return event.split('.')[1] ?? ''
}

/** What an event says, and the files that come with it. */
function toldText({ data = {}, files = {} }: ScenarioStep, language: SentenceLanguage): string {
  const parts = Object.entries({ ...data, ...files }).map(([name, value]) =>
    language === 'en' ? `${name}: ${valueText(value, language)}` : `${name}：${valueText(value, language)}`,
  )
  return parts.join(language === 'en' ? ', ' : '，')
}

const clickText = ({ click }: ScenarioStep, said: string): string => (click === undefined ? '' : said)
