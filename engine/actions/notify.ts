import { defineAction } from '../registry/action.ts'
import { takes } from './parts.ts'

/** Ways by which people are told. */
const THROUGH = ['in_app', 'mail', 'wecom', 'sms', 'dingtalk'] as const

export const notifyAction = defineAction({
  name: 'notify',
  label: { en: 'Notify', 'zh-CN': '通知' },
  description: { en: 'Tells people something about the record.', 'zh-CN': '就记录向人员发出通知。' },
  takes: {
    to: takes(
      'people',
      { en: 'To', 'zh-CN': '通知谁' },
      { en: 'Who is told.', 'zh-CN': '通知的对象。' },
      { required: true },
    ),
    message: takes(
      'message',
      { en: 'Message', 'zh-CN': '消息' },
      {
        en: 'The message that is sent, filled with the record as the receiver may see it.',
        'zh-CN': '要发送的消息，按接收人可见的内容填入记录的值。',
      },
    ),
    title: takes(
      'plain',
      { en: 'Title', 'zh-CN': '标题' },
      {
        en: 'In place of a message: one line, per language.',
        'zh-CN': '不用消息时的一行标题，可按语言书写。',
      },
      { schema: { $ref: 'common.schema.json#/$defs/text' } },
    ),
    text: takes(
      'plain',
      { en: 'Text', 'zh-CN': '正文' },
      { en: 'What stands below the title.', 'zh-CN': '标题下的正文。' },
      { schema: { $ref: 'common.schema.json#/$defs/text' } },
    ),
    record: takes(
      'record',
      { en: 'About', 'zh-CN': '关于' },
      {
        en: 'The record to which it leads; the flow’s own when absent.',
        'zh-CN': '通知所指向的记录；不写则为自动流程的记录。',
      },
    ),
    through: takes(
      'plain',
      { en: 'Through', 'zh-CN': '渠道' },
      {
        en: 'In their order: in_app (the bell), mail, wecom, sms, dingtalk; the bell alone when absent.',
        'zh-CN':
          'in_app 站内通知、mail 邮件、wecom 企业微信、sms 短信、dingtalk 钉钉，按顺序；不写则仅站内通知。',
      },
      { schema: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: THROUGH } } },
    ),
    deliver: takes(
      'plain',
      { en: 'Deliver', 'zh-CN': '送达' },
      {
        en: 'all: through each of them; first_reached: through the next only where one does not reach the person.',
        'zh-CN': 'all：每个渠道都发送；first_reached：前一个渠道未能送达时才用下一个。',
      },
      { schema: { enum: ['all', 'first_reached'], default: 'all' } },
    ),
  },
  gives: { people: 'number' },
  check({ message, title, text }) {
    const reason = (en: string, chinese: string) => ({ en, 'zh-CN': chinese })
    if ((message === undefined) === (title === undefined))
      return [{ path: '', reason: reason('either “message” or “title”', '“message”与“title”须且只能写一个') }]
    if (text !== undefined && title === undefined)
      return [{ path: '/text', reason: reason('“text” goes with “title”', '“text”须与“title”同用') }]
    return []
  },
  async run(context, { to, message, title, text, record, through, deliver }) {
    const people = await context.notify({
      to: await context.people(to),
      about: await context.record(record),
      ...(Array.isArray(through) ? { through: through.map(String) } : {}),
      isFirst: deliver === 'first_reached',
      ...(typeof message === 'string' ? { message } : { title, text }),
    })
    return { kind: 'done', output: { people } }
  },
  sentence({ to, message, title }, words) {
    const what = typeof message === 'string' ? words.message(message) : textOf(title, words.language)
    return words.language === 'en'
      ? `notify ${words.people(to)}: ${what}`
      : `通知${words.people(to)}：${what}`
  },
  examples: {
    valid: [
      { do: 'notify', to: { field: 'owner' }, title: { en: 'Due soon', 'zh-CN': '即将到期' } },
      {
        do: 'notify',
        to: [{ role: 'administrator' }, { leaderOf: 'owner' }],
        through: ['in_app'],
        title: 'Due',
      },
      {
        do: 'notify',
        to: { field: 'owner' },
        through: ['wecom', 'in_app'],
        deliver: 'first_reached',
        title: 'Due',
      },
    ],
    invalid: [
      { do: 'notify', title: 'Due' },
      { do: 'notify', to: { field: 'owner' } },
      { do: 'notify', to: { field: 'ownr' }, title: 'Due' },
      { do: 'notify', to: { field: 'owner' }, message: 'no_such' },
      { do: 'notify', to: { field: 'owner' }, title: 'Due', through: ['pigeon'] },
      { do: 'notify', to: { field: 'owner' }, title: 'Due', deliver: 'perhaps' },
    ],
  },
})

function textOf(text: unknown, language: string): string {
  if (typeof text === 'string') return text
  const texts = (text ?? {}) as Readonly<Record<string, string>>
  return texts[language] ?? Object.values(texts)[0] ?? ''
}
