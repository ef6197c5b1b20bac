import type { ProblemCatalogue } from './problem.ts'

/** Faults of reports and dashboards. */
export const reportProblems = {
  REPORT_UNKNOWN: {
    status: 404,
    message: { en: 'There is no report “{name}” for you.', 'zh-CN': '没有可供您使用的报表“{name}”。' },
  },
  DASHBOARD_UNKNOWN: {
    status: 404,
    message: { en: 'There is no dashboard “{name}” for you.', 'zh-CN': '没有可供您使用的仪表盘“{name}”。' },
  },
  REPORT_PERIOD_INVALID: {
    status: 400,
    message: {
      en: 'The period is a known name or two days, the first not after the last.',
      'zh-CN': '时间段应为已知名称，或起止日期（起始不晚于结束）。',
    },
  },
  REPORT_TREND_MISSING: {
    status: 404,
    message: {
      en: 'The report “{name}” shows you no trend: it keeps none, or it goes over records that you do not all see.',
      'zh-CN': '报表“{name}”没有可供您查看的趋势：未保存趋势，或其中有您无权查看的记录。',
    },
  },
} as const satisfies ProblemCatalogue
