import { defineAction, type FlowStep, type StepContext, type StepResult } from '../registry/action.ts'
import { steps, takes } from './parts.ts'

/** A rule that waits may become true by time alone, or through a relative: it is asked again at least so often. */
const ASKED_EVERY_MS = 6 * 3_600_000

/** The time of a field that moved away is asked for again after so long at the latest. */
export const waitAction = defineAction({
  name: 'wait',
  label: { en: 'Wait', 'zh-CN': '等待' },
  description: {
    en: 'Waits for a time, or until the record fulfils a condition.',
    'zh-CN': '等到某个时间，或等到记录满足条件。',
  },
  takes: {
    until: takes(
      'limit',
      { en: 'Until', 'zh-CN': '等到' },
      {
        en: 'A time: {"after": "P3D"}, counted from here or from a field, or {"before": "PT1H", "field": "due_at"}. It moves when the field moves.',
        'zh-CN':
          '时间：{"after": "P3D"}（自此刻或某字段起算），或 {"before": "PT1H", "field": "due_at"}。字段变动时随之移动。',
      },
    ),
    when: takes(
      'condition',
      { en: 'When', 'zh-CN': '条件' },
      { en: 'What the record must fulfil for the flow to go on.', 'zh-CN': '记录满足此条件后流程继续。' },
    ),
    within: takes(
      'limit',
      { en: 'Within', 'zh-CN': '时限' },
      {
        en: 'How long it is waited for the condition; for ever when absent.',
        'zh-CN': '最多等待多久；不写则一直等待。',
      },
    ),
    late: steps(
      { en: 'Late', 'zh-CN': '逾期' },
      {
        en: 'The steps when the time is over before the condition holds; then the flow goes on.',
        'zh-CN': '时限已过而条件仍未满足时的步骤，之后流程继续。',
      },
    ),
  },
  check({ until, when, within, late }) {
    const reason = (en: string, chinese: string) => ({ en, 'zh-CN': chinese })
    if ((until === undefined) === (when === undefined))
      return [{ path: '', reason: reason('either “until” or “when”', '“until”与“when”须且只能写一个') }]
    if (when === undefined && (within !== undefined || late !== undefined))
      return [
        { path: '', reason: reason('“within” and “late” go with “when”', '“within”和“late”须与“when”同用') },
      ]
    if (late !== undefined && within === undefined)
      return [{ path: '/late', reason: reason('“late” needs “within”', '“late”须与“within”同用') }]
    return []
  },
  async run(context, step) {
    return step.when === undefined ? await waitForTime(context, step) : await waitForRecord(context, step)
  },
  sentence({ until, when, within }, words) {
    const isEnglish = words.language === 'en'
    if (when === undefined)
      return isEnglish ? `wait until ${words.limit(until)}` : `等到${words.limit(until)}`
    const most = within === undefined ? '' : words.limit(within)
    if (isEnglish) return `wait until ${words.rule(when)}${most === '' ? '' : `, at most until ${most}`}`
    return `等到${words.rule(when)}${most === '' ? '' : `，最晚到${most}`}`
  },
  examples: {
    valid: [
      { do: 'wait', until: { after: 'P3D' } },
      { do: 'wait', until: { before: 'PT1H', field: 'due_at' } },
      {
        do: 'wait',
        when: { '==': [{ var: 'status' }, 'done'] },
        within: { after: 'P7D' },
        late: [{ do: 'stop' }],
      },
    ],
    invalid: [
      { do: 'wait' },
      { do: 'wait', until: { after: 'P3D' }, when: { '==': [{ var: 'status' }, 'done'] } },
      { do: 'wait', until: { before: 'PT1H', field: 'status' } },
      { do: 'wait', until: { after: 'three days' } },
    ],
  },
})

async function waitForTime(context: StepContext, { until }: FlowStep): Promise<StepResult> {
  const at = await context.instant(until, context.waitingSince ?? context.now)
  if (at === undefined || at.getTime() <= context.now.getTime()) return { kind: 'done' }
  return { kind: 'wait', until: at }
}

async function waitForRecord(context: StepContext, { when, within, late }: FlowStep): Promise<StepResult> {
  if (await context.holds(when)) return { kind: 'done', output: { late: 0 } }
  const end =
    within === undefined ? undefined : await context.instant(within, context.waitingSince ?? context.now)
  if (end !== undefined && end.getTime() <= context.now.getTime()) {
    return late === undefined ? { kind: 'done', output: { late: 1 } } : { kind: 'enter', block: 'late' }
  }
  const again = new Date(context.now.getTime() + ASKED_EVERY_MS)
  return { kind: 'wait', until: end === undefined || again < end ? again : end }
}
