import type { ProblemCatalogue } from './problem.ts'

/** Faults of what a visitor sends by a web form. None of them tells whether somebody is known. */
export const webformProblems = {
  WEBFORM_UNKNOWN: {
    status: 404,
    message: { en: 'There is no such form.', 'zh-CN': '没有此表单。' },
  },
  WEBFORM_CLOSED: {
    status: 409,
    message: {
      en: 'This form does not take any answers now.',
      'zh-CN': '此表单目前不接受提交。',
    },
  },
  WEBFORM_TICKET_INVALID: {
    status: 409,
    message: {
      en: 'This page has been open for too long. Load it again and send your answers once more.',
      'zh-CN': '页面打开时间过长，请刷新后重新提交。',
    },
  },
  WEBFORM_TOO_FAST: {
    status: 429,
    message: {
      en: 'That was very quick. Please send it again in {seconds} s.',
      'zh-CN': '提交过快，请在 {seconds} 秒后重试。',
    },
  },
  WEBFORM_BUSY: {
    status: 429,
    message: {
      en: 'There are too many submissions at the moment. Please try again in {minutes} min.',
      'zh-CN': '目前提交过多，请在 {minutes} 分钟后重试。',
    },
  },
  WEBFORM_CONSENT_NEEDED: {
    status: 422,
    message: { en: 'Please agree to this first.', 'zh-CN': '请先同意此条款。' },
  },
  WEBFORM_REFUSED: {
    status: 422,
    message: {
      en: 'These answers could not be taken. Please reach us in another way.',
      'zh-CN': '无法接受这些答复，请通过其他方式联系我们。',
    },
  },
} as const satisfies ProblemCatalogue
