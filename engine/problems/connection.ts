import type { ProblemCatalogue } from './problem.ts'

/** Faults of connections, their calls and what they send here. */
export const connectionProblems = {
  CONNECTION_UNKNOWN: {
    status: 404,
    message: { en: 'There is no connection “{name}”.', 'zh-CN': '没有连接“{name}”。' },
  },
  CONNECTION_SECRET_UNKNOWN: {
    status: 422,
    message: { en: 'This connection has no secret “{name}”.', 'zh-CN': '该连接没有密钥“{name}”。' },
  },
  CONNECTION_SECRET_INVALID: {
    status: 422,
    message: {
      en: 'A secret is a text of 1 to 4,000 characters, or null to take it away.',
      'zh-CN': '密钥应为 1 至 4000 个字符的文本，或用 null 移除。',
    },
  },
  CONNECTION_NO_CHANNEL: {
    status: 409,
    message: {
      en: 'Nobody is told anything through this connection.',
      'zh-CN': '该连接不用于通知人员。',
    },
  },
  CONNECTION_CALL_UNKNOWN: {
    status: 404,
    message: { en: 'There is no such call.', 'zh-CN': '没有此次调用。' },
  },
  CONNECTION_CALL_STATE: {
    status: 409,
    message: {
      en: 'Only a call that has failed is made again; one of a flow, by retrying its run.',
      'zh-CN': '只有失败的调用可以重试；自动流程的调用请重试其运行。',
    },
  },
  CALL_REFUSED: {
    status: 502,
    message: {
      en: 'The other system did not do it: {code} ({text}).',
      'zh-CN': '外部系统未完成该操作：{code}（{text}）。',
    },
  },
  HOOK_REFUSED: {
    status: 401,
    message: {
      en: 'There is no such connection, or the signature does not fit.',
      'zh-CN': '没有该连接，或签名不符。',
    },
    hint: {
      en: 'X-Tenon-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of "seconds.body">, not older than five minutes.',
      'zh-CN': 'X-Tenon-Signature: t=<秒>,v1=<“秒.正文”的 HMAC-SHA256 十六进制>，且不超过五分钟。',
    },
  },
  HOOK_EVENT_INVALID: {
    status: 422,
    message: {
      en: 'An event is {"id", "event", "data"}: id a text of at most 200 characters, event a snake_case name, data an object.',
      'zh-CN':
        '事件应为 {"id", "event", "data"}：id 为不超过 200 个字符的文本，event 为 snake_case 名称，data 为对象。',
    },
  },
} as const satisfies ProblemCatalogue
