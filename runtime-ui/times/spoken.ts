import type { UiLanguage } from '../kit/remembered.ts'

/** A day with its weekday, and the time: Mon 30 Nov 2026, 15:00; 2026 年 11 月 30 日 周一 15:00. */
export function spokenTime(date: string, time: string | undefined, language: UiLanguage): string {
  const at = new Date(`${date}T00:00:00Z`)
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { ...options, timeZone: 'UTC' }).format(at)
  const weekday = part({ weekday: 'short' })
  const clock = time?.slice(0, 5)
  if (language === 'en') {
    const day = `${weekday} ${part({ day: 'numeric', month: 'short', year: 'numeric' })}`
    return clock === undefined ? day : `${day}, ${clock}`
  }
  const [year, month, day] = date.split('-').map(Number)
  return [`${year} 年 ${month} 月 ${day} 日`, weekday, clock].filter((text) => text !== undefined).join(' ')
}
