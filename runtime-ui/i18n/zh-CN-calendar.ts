import type { calendarEn } from './en-calendar.ts'

/** 日历相关文案。 */
export const calendarZhCN: Readonly<Record<keyof typeof calendarEn, string>> = {
  'calendar.dayHours': '按小时显示的一天',
  'calendar.hourKeys': '⇧ 加 ↑ 或 ↓ 移动一刻钟，加 ← 或 → 移动一天，回车打开',
  'calendar.hours': '按小时显示的一周',
  'calendar.days': '本周各天',
  'calendar.keys': '⇧ 加方向键移动一天或一周，回车打开',
  'calendar.month': '月',
  'calendar.monthAfter': '下个月',
  'calendar.monthBefore': '上个月',
  'calendar.more': '还有 {{count}} 项',
  'calendar.most': '记录超过 {{count}} 条，仅显示最早的部分，可用筛选缩小范围。',
  'calendar.moved': '已移至{{day}}',
  'calendar.movedTo': '已移至{{day}} {{time}}',
  'calendar.new': '在{{day}}新建{{entity}}',
  'calendar.none': '当天没有记录。',
  'calendar.open_one': '{{day}}：{{count}} 条',
  'calendar.open_other': '{{day}}：{{count}} 条',
  'calendar.span': '显示范围',
  'calendar.today': '今天',
  'calendar.week': '周',
  'calendar.weekAfter': '下一周',
  'calendar.weekBefore': '上一周',
}
