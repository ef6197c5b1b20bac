import type { ProblemCatalogue } from './problem.ts'

/** Faults of pilots: of what some people try before it is published for all. */
export const pilotProblems = {
  META_PILOT_UNFIT: {
    status: 422,
    message: {
      en: 'This cannot be tried by some people first: {reason}.',
      'zh-CN': '此更改无法先由部分人员试用：{reason}。',
    },
    hint: {
      en: 'Put it into a draft of its own and publish that; forms, views, apps, reports, checks, assignments and flows that people set off can be tried.',
      'zh-CN':
        '请将其放入单独的草稿并发布；表单、视图、应用、报表、校验规则、分配规则以及由人员操作触发的流程可以试用。',
    },
  },
  META_PILOT_EMPTY: {
    status: 409,
    message: {
      en: 'The draft changes nothing that people could try.',
      'zh-CN': '草稿没有可供试用的更改。',
    },
  },
  META_PILOT_NOBODY: {
    status: 422,
    message: { en: 'Name the people or roles that try it.', 'zh-CN': '请指定试用的人员或角色。' },
  },
  META_PILOT_PERSON_UNKNOWN: {
    status: 422,
    message: { en: 'There is no user with this id.', 'zh-CN': '没有此编号的用户。' },
  },
  META_PILOT_NONE: {
    status: 404,
    message: { en: 'Nobody tries this draft.', 'zh-CN': '目前没有人试用此草稿。' },
  },
  META_PILOT_RUNNING: {
    status: 409,
    message: {
      en: 'People try this draft, so it cannot be thrown away.',
      'zh-CN': '此草稿正在试用，不能丢弃。',
    },
    hint: { en: 'Withdraw the pilot first.', 'zh-CN': '请先撤回试用。' },
  },
} as const satisfies ProblemCatalogue
