import { parseDuration } from './durations.ts'
import type { AmbientName, LocalText } from './types.ts'

export type SentenceLanguage = keyof LocalText

/** The language of sentences for who reads in some language: that one, else English. */
export const sentenceLanguage = (language: string): SentenceLanguage =>
  language === 'zh-CN' ? language : 'en'

/** What sentences call the things that every rule knows. */
export const AMBIENT_WORDS: { readonly [K in AmbientName]: LocalText } = {
  today: { en: 'today', 'zh-CN': '今天' },
  now: { en: 'now', 'zh-CN': '现在' },
  'actor.id': { en: 'me', 'zh-CN': '我' },
  'actor.roles': { en: 'my roles', 'zh-CN': '我的角色' },
}

/** The small words of sentences. */
export const WORDS = {
  yes: { en: 'yes', 'zh-CN': '是' },
  no: { en: 'no', 'zh-CN': '否' },
  nothing: { en: 'nothing', 'zh-CN': '空' },
  noValues: { en: 'no values', 'zh-CN': '（无）' },
  more: { en: '… ({n} values)', 'zh-CN': '……（共 {n} 个）' },
  fallback: { en: '{0} (if empty, {1})', 'zh-CN': '{0}（为空时取{1}）' },
  otherwise: { en: 'otherwise {0}', 'zh-CN': '否则为{0}' },
  item: { en: 'it', 'zh-CN': '该值' },
  before: { en: 'the former {0}', 'zh-CN': '变更前的{0}' },
  actor: { en: 'my {0}', 'zh-CN': '我的{0}' },
  setting: { en: 'the workspace’s {0}', 'zh-CN': '工作区的{0}' },
  comma: { en: ', ', 'zh-CN': '；' },
  listComma: { en: ', ', 'zh-CN': '、' },
} as const satisfies Readonly<Record<string, LocalText>>

const UNITS = [
  { ms: 3_600_000, en: 'hour', 'zh-CN': '小时' },
  { ms: 60_000, en: 'minute', 'zh-CN': '分钟' },
  { ms: 1000, en: 'second', 'zh-CN': '秒' },
] as const

const PERIOD_WORDS: Readonly<Record<string, LocalText>> = {
  day: { en: 'day', 'zh-CN': '日' },
  week: { en: 'week', 'zh-CN': '周' },
  month: { en: 'month', 'zh-CN': '月' },
  quarter: { en: 'quarter', 'zh-CN': '季度' },
  year: { en: 'year', 'zh-CN': '年' },
}

/** What a period is called. */
export function periodWord(period: string, language: SentenceLanguage): string {
  return PERIOD_WORDS[period]?.[language] ?? period
}

/** “1 month 2 days”, “1 个月 2 天”. */
export function durationWords(text: string, language: SentenceLanguage): string {
  const { months, days, ms } = parseDuration(text) ?? { months: 0, days: 0, ms: 0 }
  const words: string[] = []
  const add = (count: number, unit: LocalText) => {
    if (count === 0) return
    const plural = language === 'en' && Math.abs(count) !== 1 ? 's' : ''
    words.push(`${count} ${unit[language]}${plural}`)
  }
  add(Math.trunc(months / 12), { en: 'year', 'zh-CN': '年' })
  add(months % 12, { en: 'month', 'zh-CN': '个月' })
  add(days, { en: 'day', 'zh-CN': '天' })
  let rest = ms
  for (const unit of UNITS) {
    const count = unit.ms === 1000 ? rest / 1000 : Math.trunc(rest / unit.ms)
    add(count, unit)
    rest -= count * unit.ms
  }
  return words.join(' ') || (language === 'en' ? '0 days' : '0 天')
}
