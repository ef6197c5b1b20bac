import { defineAction, type FlowStep, type StepContext, type StepResult } from '../registry/action.ts'
import { answerAs, givesParameter } from './call.ts'
import { steps, takes } from './parts.ts'

/** A rule that waits may become true by time alone, or through a relative: it is asked again at least so often. */
const ASKED_EVERY_MS = 6 * 3_600_000
/** Who waits for an event is woken with it, by the transaction that brings it: asking in between tells nothing new. */
const EVENT_ASKED_EVERY_MS = 365 * 86_400_000

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
      { en: 'What the record must fulfil for the flow to go on.', 'zh-CN': '记录满足此条件后自动流程继续。' },
    ),
    event: takes(
      'event',
      { en: 'Event', 'zh-CN': '事件' },
      {
        en: 'What a connection tells, as connection.event: e_sign.finished.',
        'zh-CN': '连接推送的事件，写作“连接.事件”：e_sign.finished。',
      },
    ),
    match: takes(
      'slot',
      { en: 'Match', 'zh-CN': '匹配' },
      { en: 'What the event must say, by name.', 'zh-CN': '事件须包含的值，按名称给出。' },
      { schema: { type: 'object', minProperties: 1, maxProperties: 10 } },
    ),
    gives: givesParameter,
    within: takes(
      'limit',
      { en: 'Within', 'zh-CN': '时限' },
      {
        en: 'How long it is waited for the condition or the event; for ever when absent.',
        'zh-CN': '最多等待条件或事件多久；不写则一直等待。',
      },
    ),
    late: steps(
      { en: 'Late', 'zh-CN': '逾期' },
      {
        en: 'The steps when the time is over before the condition holds or the event comes; then the flow goes on.',
        'zh-CN': '时限已过而条件仍未满足或事件未到时的步骤，之后自动流程继续。',
      },
    ),
  },
  answers: ({ event }) => event !== undefined,
  check({ until, when, event, match, gives, within, late }) {
    const reason = (en: string, chinese: string) => ({ en, 'zh-CN': chinese })
    if ([until, when, event].filter((one) => one !== undefined).length !== 1)
      return [
        {
          path: '',
          reason: reason('exactly one of “until”, “when”, “event”', '“until”、“when”、“event”须且只能写一个'),
        },
      ]
    if (event === undefined && (match !== undefined || gives !== undefined))
      return [
        {
          path: '',
          reason: reason('“match” and “gives” go with “event”', '“match”和“gives”须与“event”同用'),
        },
      ]
    if (event !== undefined && match === undefined)
      return [{ path: '', reason: reason('“event” needs “match”', '“event”须与“match”同用') }]
    if (until !== undefined && (within !== undefined || late !== undefined))
      return [
        {
          path: '',
          reason: reason(
            '“within” and “late” go with “when” or “event”',
            '“within”和“late”须与“when”或“event”同用',
          ),
        },
      ]
    if (late !== undefined && within === undefined)
      return [{ path: '/late', reason: reason('“late” needs “within”', '“late”须与“within”同用') }]
    return []
  },
  async run(context, step) {
    if (step.event !== undefined) return await waitForEvent(context, step)
    return step.when === undefined ? await waitForTime(context, step) : await waitForRecord(context, step)
  },
  sentence({ until, when, event, within }, words) {
    const isEnglish = words.language === 'en'
    if (until !== undefined)
      return isEnglish ? `wait until ${words.limit(until)}` : `等到${words.limit(until)}`
    const most = within === undefined ? '' : words.limit(within)
    const what =
      when === undefined
        ? `${words.connection(eventParts(event)[0])}: ${eventParts(event)[1]}`
        : words.rule(when)
    if (isEnglish) return `wait until ${what}${most === '' ? '' : `, at most until ${most}`}`
    return `等到${what}${most === '' ? '' : `，最晚到${most}`}`
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
      { name: 'signed', do: 'wait', event: 'erp.finished', match: { reference: { var: 'title' } } },
    ],
    invalid: [
      { do: 'wait', event: 'erp.finished' },
      { do: 'wait', event: 'ero.finished', match: { reference: 'x' } },
      { do: 'wait', event: 'erp.finished', match: { reference: { var: 'titel' } } },
      { do: 'wait', event: 'erp.finished', match: { a: 'x' }, until: { after: 'P1D' } },
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

async function waitForEvent(
  context: StepContext,
  { event, match, gives, within, late }: FlowStep,
): Promise<StepResult> {
  const said = (await context.slots(match)) as Readonly<Record<string, unknown>>
  const data = await context.event(String(event), said)
  if (data !== undefined) return { kind: 'done', output: { ...answerAs(data, gives), late: 0 } }
  return await waitOn(context, within, late, EVENT_ASKED_EVERY_MS)
}

function eventParts(event: unknown): readonly [string, string] {
  const [connection = '', name = ''] = String(event).split('.')
  return [connection, name]
}

async function waitForRecord(context: StepContext, { when, within, late }: FlowStep): Promise<StepResult> {
  if (await context.holds(when)) return { kind: 'done', output: { late: 0 } }
  return await waitOn(context, within, late, ASKED_EVERY_MS)
}

/** Waits on, until the time is over. */
async function waitOn(
  context: StepContext,
  within: unknown,
  late: unknown,
  askedEveryMs: number,
): Promise<StepResult> {
  const end =
    within === undefined ? undefined : await context.instant(within, context.waitingSince ?? context.now)
  if (end !== undefined && end.getTime() <= context.now.getTime()) {
    return late === undefined ? { kind: 'done', output: { late: 1 } } : { kind: 'enter', block: 'late' }
  }
  const again = new Date(context.now.getTime() + askedEveryMs)
  return { kind: 'wait', until: end === undefined || again < end ? again : end }
}
