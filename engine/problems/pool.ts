import type { ProblemCatalogue } from './problem.ts'

/** Faults of assigning, claiming and giving back. */
export const poolProblems = {
  ASSIGNMENT_NOT_WAITING: {
    status: 409,
    message: {
      en: 'The record does not wait for your word: it has been accepted, or given on.',
      'zh-CN': '该记录无需您接受：已被接受或已转给他人。',
    },
  },
  POOL_UNKNOWN: {
    status: 404,
    message: { en: 'There is no pool “{name}”.', 'zh-CN': '没有公海“{name}”。' },
  },
  POOL_RECORD_TAKEN: {
    status: 409,
    message: {
      en: 'The record is in no pool any more: somebody has claimed it.',
      'zh-CN': '该记录已不在公海中：已被他人领取。',
    },
  },
  POOL_NOT_A_MEMBER: {
    status: 403,
    message: { en: 'You are no member of the pool “{name}”.', 'zh-CN': '您不是公海“{name}”的成员。' },
  },
  POOL_DAY_FULL: {
    status: 409,
    message: {
      en: 'You have claimed {limit} records of this pool today; more are to be had tomorrow.',
      'zh-CN': '您今天已从该公海领取 {limit} 条，请明天再领取。',
    },
  },
  POOL_HOLDING_FULL: {
    status: 409,
    message: {
      en: 'You hold {limit} records that are not closed; give one back or close one first.',
      'zh-CN': '您名下未结记录已达 {limit} 条，请先退回或结束一部分。',
    },
  },
  POOL_COOLING_DOWN: {
    status: 409,
    message: {
      en: 'You gave this record up not long ago; you may claim it again from {day}.',
      'zh-CN': '您不久前放弃过此记录，{day} 起可再次领取。',
    },
  },
  POOL_NOT_YOURS: {
    status: 403,
    message: {
      en: 'Only its owner gives a record back to the pool.',
      'zh-CN': '只有负责人可以将记录退回公海。',
    },
  },
} as const satisfies ProblemCatalogue
