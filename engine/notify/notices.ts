import { type Text, textIn } from '../../metadata/text.ts'
import type { Actor } from '../access/actor.ts'
import type { LocalText } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import type { Spoken } from '../registry/words.ts'

/** What the engine tells people by itself, in their lists and by every other way; further languages say it in `notices.json`. */
export const NOTICES = {
  mentioned: { en: '{who} mentioned you: {record}', 'zh-CN': '{who}在“{record}”的评论中提到了您' },
  'mentioned.somebody': { en: 'Somebody', 'zh-CN': '有人' },
  'mentioned.kind': { en: 'Mentions in comments', 'zh-CN': '评论中提到我' },
  gathered: { en: '{count} notifications', 'zh-CN': '{count} 条通知' },
  'gathered.more': { en: 'and {count} more', 'zh-CN': '另有 {count} 条' },
  'approval.what': { en: '{approval}: {record}', 'zh-CN': '{approval}：{record}' },
  'approval.said': { en: '{who}: {text}', 'zh-CN': '{who}：{text}' },
  'approval.turn': { en: '{what} waits for your decision', 'zh-CN': '{what} 待您审批' },
  'approval.remind': { en: '{what} still waits for your decision', 'zh-CN': '{what} 仍待您审批' },
  'approval.approved': { en: '{what} is approved', 'zh-CN': '{what} 审批已通过' },
  'approval.rejected': { en: '{what} is rejected', 'zh-CN': '{what} 审批被拒绝' },
  'approval.returned': { en: '{what} came back to you', 'zh-CN': '{what} 已退回给您' },
  'approval.time_over': {
    en: '{what} went on: your time to decide is over',
    'zh-CN': '{what} 已超时，自动处理',
  },
  'pool.returns': {
    en: '“{record}” returns to {pool} on {day}',
    'zh-CN': '“{record}”将于 {day} 回到{pool}',
  },
  'pool.why': {
    en: 'Nothing has happened with it for a while. Work on it, or it goes to whoever claims it next.',
    'zh-CN': '该记录已有一段时间没有跟进。请及时跟进，否则将回到公海供他人领取。',
  },
  'request.filed': { en: '{who} suggests a change: {text}', 'zh-CN': '{who}提出修改建议：{text}' },
  'request.done': { en: 'Your change request is done: {text}', 'zh-CN': '您的修改建议已完成：{text}' },
  'request.declined': {
    en: 'Your change request is declined: {text}',
    'zh-CN': '您的修改建议未采纳：{text}',
  },
  'request.published': {
    en: 'Published with version {version}: {draft}',
    'zh-CN': '已随版本 {version} 发布：{draft}',
  },
  'agreement.asked': {
    en: '{who} asks you to agree to a draft: {draft}',
    'zh-CN': '{who}请您同意草稿：{draft}',
  },
  'agreement.agreed': { en: '{who} agrees to the draft: {draft}', 'zh-CN': '{who}同意草稿：{draft}' },
  'agreement.declined': { en: '{who} declines the draft: {draft}', 'zh-CN': '{who}不同意草稿：{draft}' },
  'pilot.ended': {
    en: 'The pilot has ended, as what was published meanwhile changes the same: {draft}',
    'zh-CN': '试用已结束，期间发布的内容修改了相同之处：{draft}',
  },
  'silent_run.ended': {
    en: 'The silent run has ended, as what was published meanwhile changes the same: {draft}',
    'zh-CN': '静默运行已结束，期间发布的内容修改了相同之处：{draft}',
  },
} as const satisfies Readonly<Record<string, LocalText>>

export type Notice = keyof typeof NOTICES

/** How somebody is spoken to who is told something, whoever asks for it. */
export const voiceFor = (registry: Registry, { language, reading }: Actor): Spoken =>
  reading === undefined ? { language } : { language, words: registry.words(reading) }

/** One of them as somebody reads it. */
export function notice(
  name: Notice,
  { language, words }: Spoken,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const text = words?.notices[name] ?? NOTICES[name][language]
  return text.replace(/\{(\w+)\}/g, (whole, value: string) => String(values[value] ?? whole))
}

/** A text of a definition as somebody reads it who is told something. */
export function textTo(
  text: Text | undefined,
  { language, reading }: Pick<Actor, 'language' | 'reading'>,
  fallback: string,
): string {
  const further = reading === undefined || typeof text !== 'object' ? undefined : text[reading]
  return further ?? textIn(text, language, fallback)
}
