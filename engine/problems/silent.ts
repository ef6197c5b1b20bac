import type { ProblemCatalogue } from './problem.ts'

/** Faults of silent runs: of drafts that judge what is written beside what is in force. */
export const silentProblems = {
  META_SILENT_UNFIT: {
    status: 422,
    message: {
      en: 'This cannot run silently: {reason}.',
      'zh-CN': '此更改无法静默运行：{reason}。',
    },
    hint: {
      en: 'Flows, validations and assignments that need nothing new can.',
      'zh-CN': '不依赖新内容的自动流程、校验和分配规则可以静默运行。',
    },
  },
  META_SILENT_EMPTY: {
    status: 409,
    message: {
      en: 'The draft changes no flow, validation or assignment, so there is nothing to compare.',
      'zh-CN': '草稿未更改自动流程、校验或分配规则，没有可比较的内容。',
    },
  },
  META_SILENT_NONE: {
    status: 404,
    message: { en: 'This draft does not run silently.', 'zh-CN': '此草稿未在静默运行。' },
  },
  META_SILENT_RUNNING: {
    status: 409,
    message: {
      en: 'This draft runs silently, so it cannot be thrown away.',
      'zh-CN': '此草稿正在静默运行，不能丢弃。',
    },
    hint: { en: 'End the silent run first.', 'zh-CN': '请先结束静默运行。' },
  },
  META_SILENT_INCOMPARABLE: {
    status: 409,
    message: {
      en: 'This could not be compared: {reason}.',
      'zh-CN': '无法比较：{reason}。',
    },
  },
} as const satisfies ProblemCatalogue
