import type { ProblemCatalogue } from './problem.ts'

/** Faults of sign-in and rights. */
export const authProblems = {
  AUTH_BEYOND_OWN: {
    status: 403,
    message: {
      en: 'This takes administrative rights that you do not have yourself: {rights}.',
      'zh-CN': '此操作涉及您自己没有的管理权限：{rights}。',
    },
    hint: {
      en: 'Someone who has them has to do it.',
      'zh-CN': '请由拥有这些权限的人员操作。',
    },
  },
  AUTH_VIEW_READ_ONLY: {
    status: 403,
    message: {
      en: 'You see Tenon as somebody else does: nothing can be changed or taken out.',
      'zh-CN': '您正在以他人视角查看，不能更改或导出任何内容。',
    },
    hint: { en: 'Stop viewing to act as yourself.', 'zh-CN': '停止查看后即可以自己的身份操作。' },
  },
  AUTH_VIEW_ENDED: {
    status: 401,
    message: {
      en: 'Seeing as somebody else has ended.',
      'zh-CN': '以他人视角查看已结束。',
    },
  },
  AUTH_SANDBOX_ENDED: {
    status: 401,
    message: {
      en: 'The sandbox is gone, or your session in it has ended.',
      'zh-CN': '沙箱已不存在，或您在其中的会话已结束。',
    },
  },
  AUTH_VIEW_INACTIVE: {
    status: 422,
    message: {
      en: 'This user cannot sign in, so there is nothing to see as they do.',
      'zh-CN': '该用户目前不能登录，无法以其视角查看。',
    },
  },
  AUTH_VIEW_SELF: {
    status: 422,
    message: { en: 'You see as yourself anyway.', 'zh-CN': '您已在以自己的视角查看。' },
  },
  AUTH_REQUIRED: { status: 401, message: { en: 'Please sign in.', 'zh-CN': '请先登录。' } },
  AUTH_FAILED: {
    status: 401,
    message: { en: 'Account or password is wrong.', 'zh-CN': '账号或密码不正确。' },
  },
  AUTH_THROTTLED: {
    status: 429,
    message: {
      en: 'Too many attempts. Try again in {seconds} seconds.',
      'zh-CN': '尝试次数过多，请在 {seconds} 秒后重试。',
    },
  },
  AUTH_EXPIRY_INVALID: {
    status: 422,
    message: {
      en: 'The expiry is an instant in the future, at most {days} days away.',
      'zh-CN': '到期时间应为将来的时刻，最长 {days} 天。',
    },
  },
  AUTH_LINK_INVALID: {
    status: 404,
    message: {
      en: 'This link is no longer good: it was used, is too old, or another was sent after it.',
      'zh-CN': '此链接已失效：可能已被使用、已过期，或之后又发送了新的链接。',
    },
    hint: {
      en: 'Ask for a new one by “Forgot password?”, or ask your administrator.',
      'zh-CN': '请通过“忘记密码？”重新获取，或联系管理员。',
    },
  },
  AUTH_PASSWORD_WRONG: {
    status: 422,
    message: { en: 'The present password is wrong.', 'zh-CN': '当前密码不正确。' },
  },
  AUTH_SESSION_UNKNOWN: {
    status: 404,
    message: { en: 'There is no such session.', 'zh-CN': '没有此会话。' },
  },
  AUTH_SESSION_NEEDED: {
    status: 403,
    message: {
      en: 'An API token cannot do this; sign in as a person.',
      'zh-CN': 'API 令牌不能执行此操作，请以个人身份登录。',
    },
  },
  MAIL_REFUSED: {
    status: 422,
    message: { en: 'The mail server refused this mail.', 'zh-CN': '邮件服务器拒绝了这封邮件。' },
  },
  AUTH_TOKEN_UNKNOWN: { status: 404, message: { en: 'There is no such token.', 'zh-CN': '没有此令牌。' } },
  AUTH_LOCKED: {
    status: 429,
    message: {
      en: 'After too many failed attempts this account is locked here for {minutes} more minutes.',
      'zh-CN': '失败次数过多，此账户在当前网络已被锁定，还需等待 {minutes} 分钟。',
    },
    hint: {
      en: 'Ask for a new password by “Forgot password?”, or wait.',
      'zh-CN': '可通过“忘记密码？”重设密码，或稍后再试。',
    },
  },
  USER_NOT_DELETABLE: {
    status: 409,
    message: { en: 'Users are not deleted but switched off.', 'zh-CN': '用户只能停用，不能删除。' },
    hint: {
      en: 'Set “active” to false: they can no longer sign in, and what they did keeps their name.',
      'zh-CN': '请将“active”设为 false：该用户将无法登录，其操作记录仍保留姓名。',
    },
  },
  AUTH_DENIED: {
    status: 403,
    message: { en: 'Your roles do not allow this.', 'zh-CN': '您的角色无权执行此操作。' },
  },
  USER_UNKNOWN: {
    status: 404,
    message: { en: 'There is no user {email}.', 'zh-CN': '没有用户 {email}。' },
  },
} as const satisfies ProblemCatalogue
