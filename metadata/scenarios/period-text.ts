import type { SentenceLanguage } from '../rules/sentence-words.ts'

const PERIODS: Readonly<Record<string, { readonly [L in SentenceLanguage]: string }>> = {
  today: { en: 'today', 'zh-CN': '今天' },
  yesterday: { en: 'yesterday', 'zh-CN': '昨天' },
  this_week: { en: 'this week', 'zh-CN': '本周' },
  last_week: { en: 'last week', 'zh-CN': '上周' },
  this_month: { en: 'this month', 'zh-CN': '本月' },
  last_month: { en: 'last month', 'zh-CN': '上月' },
  this_quarter: { en: 'this quarter', 'zh-CN': '本季度' },
  last_quarter: { en: 'last quarter', 'zh-CN': '上季度' },
  this_year: { en: 'this year', 'zh-CN': '今年' },
  last_year: { en: 'last year', 'zh-CN': '去年' },
  last_7_days: { en: 'the last 7 days', 'zh-CN': '最近 7 天' },
  last_30_days: { en: 'the last 30 days', 'zh-CN': '最近 30 天' },
  last_90_days: { en: 'the last 90 days', 'zh-CN': '最近 90 天' },
  last_12_months: { en: 'the last 12 months', 'zh-CN': '最近 12 个月' },
  all: { en: 'all time', 'zh-CN': '全部时间' },
}

/** The time for which a report is looked at, in words: a name, or two days of which the last one counts as well. */
export function periodText(period: string, language: SentenceLanguage): string {
  const named = PERIODS[period]?.[language]
  if (named !== undefined) return named
  const [from, to] = period.split('..')
  if (to === undefined) return period
  return language === 'en' ? `${from} to ${to}` : `${from} 至 ${to}`
}
