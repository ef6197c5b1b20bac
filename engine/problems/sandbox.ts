import type { ProblemCatalogue } from './problem.ts'

/** Faults of sandboxes: of making, entering and promoting them. */
export const sandboxProblems = {
  SANDBOX_UNKNOWN: {
    status: 404,
    message: { en: 'There is no sandbox “{name}”.', 'zh-CN': '没有名为“{name}”的沙箱。' },
  },
  SANDBOX_NAME_TAKEN: {
    status: 409,
    message: { en: 'There is a workspace “{name}” already.', 'zh-CN': '已有名为“{name}”的工作区。' },
    hint: { en: 'Take another name.', 'zh-CN': '请换一个名称。' },
  },
  SANDBOX_TOO_MANY: {
    status: 409,
    message: {
      en: 'There are {limit} sandboxes already, which is the most.',
      'zh-CN': '沙箱最多 {limit} 个，已达上限。',
    },
    hint: { en: 'Throw one away that nobody needs any more.', 'zh-CN': '请先丢弃不再需要的沙箱。' },
  },
  SANDBOX_WITHIN: {
    status: 409,
    message: {
      en: 'This is a sandbox: sandboxes are made, promoted and thrown away from the live workspace.',
      'zh-CN': '当前位于沙箱中：新建、推送和丢弃沙箱需在正式工作区进行。',
    },
    hint: { en: 'Leave the sandbox first.', 'zh-CN': '请先离开沙箱。' },
  },
  SANDBOX_BUSY: {
    status: 409,
    message: {
      en: 'Somebody is at work in the sandbox at this moment.',
      'zh-CN': '此刻有人正在使用该沙箱。',
    },
    hint: { en: 'Try again in a moment.', 'zh-CN': '请稍后重试。' },
  },
  SANDBOX_NOTHING: {
    status: 409,
    message: {
      en: 'Nothing in the sandbox differs from what is in force.',
      'zh-CN': '沙箱与现行内容没有差异。',
    },
  },
  SANDBOX_DRAFTS_CLASH: {
    status: 409,
    message: {
      en: 'The draft “{draft}” changes here, at “{of}”, what another of the drafts changes otherwise.',
      'zh-CN': '草稿“{draft}”在此处（“{of}”）的修改与所选的另一份草稿不同。',
    },
    hint: {
      en: 'Promote one of them, or publish one in the sandbox first.',
      'zh-CN': '请只推送其中一份，或先在沙箱中发布一份。',
    },
  },
  SANDBOX_NOT_THERE: {
    status: 403,
    message: {
      en: 'Nobody of this name may sign in to the sandbox.',
      'zh-CN': '该沙箱中没有您的账号。',
    },
    hint: {
      en: 'Those who may publish come along when a sandbox is made; make a new one.',
      'zh-CN': '新建沙箱时会带入有发布权限的人员，请新建一个沙箱。',
    },
  },
} as const satisfies ProblemCatalogue
