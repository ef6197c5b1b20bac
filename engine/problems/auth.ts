import type { ProblemCatalogue } from './problem.ts'

/** Faults of sign-in and rights. */
export const authProblems = {
  AUTH_REQUIRED: { status: 401, message: { en: 'Please sign in.', 'zh-CN': '请先登录。' } },
  AUTH_FAILED: {
    status: 401,
    message: { en: 'E-mail or password is wrong.', 'zh-CN': '邮箱或密码不正确。' },
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
  AUTH_TOKEN_UNKNOWN: { status: 404, message: { en: 'There is no such token.', 'zh-CN': '没有此令牌。' } },
  AUTH_DENIED: {
    status: 403,
    message: { en: 'Your roles do not allow this.', 'zh-CN': '您的角色无权执行此操作。' },
  },
} as const satisfies ProblemCatalogue
