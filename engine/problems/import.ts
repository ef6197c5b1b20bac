import type { ProblemCatalogue } from './problem.ts'

/** Faults of an import from a file. */
export const importProblems = {
  IMPORT_COLUMN_UNKNOWN: {
    status: 422,
    message: { en: 'The file has no column “{name}”.', 'zh-CN': '文件中没有列“{name}”。' },
  },
  IMPORT_LOOKUP_UNKNOWN: {
    status: 422,
    message: { en: 'No {entity} is called “{value}”.', 'zh-CN': '没有名为“{value}”的{entity}。' },
  },
  IMPORT_LOOKUP_AMBIGUOUS: {
    status: 422,
    message: { en: 'Several {entity} are called “{value}”.', 'zh-CN': '有多个{entity}名为“{value}”。' },
  },
  IMPORT_FILE_UNREADABLE: {
    status: 422,
    message: { en: 'The file cannot be read: {reason}.', 'zh-CN': '无法读取文件：{reason}。' },
  },
} as const satisfies ProblemCatalogue
