import type { ProblemCatalogue } from './problem.ts'

/** Faults of change requests. */
export const requestProblems = {
  REQUEST_UNKNOWN: {
    status: 404,
    message: { en: 'There is no such change request.', 'zh-CN': '没有此修改建议。' },
  },
  REQUEST_STATE_SAME: {
    status: 409,
    message: {
      en: 'The change request stands at “{state}” already.',
      'zh-CN': '该修改建议已处于“{state}”状态。',
    },
    hint: {
      en: 'Somebody else may have answered it: load the list anew.',
      'zh-CN': '可能已有他人处理，请重新加载列表。',
    },
  },
  REQUEST_ANSWER_MISSING: {
    status: 422,
    message: {
      en: 'Say why it is declined: whoever asked reads it.',
      'zh-CN': '请说明不采纳的原因，提出人将会看到。',
    },
  },
  REQUEST_PAGE_INVALID: {
    status: 422,
    message: {
      en: 'The page must be an address within Tenon, such as “/records/account”.',
      'zh-CN': '页面必须是 Tenon 内的地址，例如“/records/account”。',
    },
  },
  REQUEST_TOO_MANY: {
    status: 429,
    message: {
      en: 'You have sent {limit} change requests within an hour; send this one later.',
      'zh-CN': '您在一小时内已提交 {limit} 条修改建议，请稍后再提交。',
    },
  },
} as const satisfies ProblemCatalogue
