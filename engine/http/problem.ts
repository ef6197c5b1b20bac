import type { ServerResponse } from 'node:http'
import type { AppError, Language, LocalText, SimilarRecord } from '../errors.ts'
import { problemHint, problemMessage } from '../errors.ts'
import type { FurtherWords, Spoken } from '../registry/words.ts'
import { type ExtraHeaders, send } from './respond.ts'

/** What an answer is called by its status; further languages say it as `status.422`. */
export const TITLES: Readonly<Record<number, LocalText>> = {
  400: { en: 'Bad request', 'zh-CN': '请求有误' },
  401: { en: 'Not signed in', 'zh-CN': '未登录' },
  403: { en: 'Not allowed', 'zh-CN': '无权操作' },
  404: { en: 'Not found', 'zh-CN': '未找到' },
  405: { en: 'Method not allowed', 'zh-CN': '不支持的方法' },
  408: { en: 'Request timeout', 'zh-CN': '请求超时' },
  409: { en: 'Conflict', 'zh-CN': '冲突' },
  412: { en: 'Changed meanwhile', 'zh-CN': '已被修改' },
  413: { en: 'Too large', 'zh-CN': '内容过大' },
  415: { en: 'Unsupported media type', 'zh-CN': '不支持的内容类型' },
  422: { en: 'Not valid', 'zh-CN': '校验未通过' },
  429: { en: 'Too many requests', 'zh-CN': '请求过于频繁' },
  431: { en: 'Head too large', 'zh-CN': '请求头过大' },
  500: { en: 'Internal error', 'zh-CN': '内部错误' },
  503: { en: 'Temporarily unavailable', 'zh-CN': '暂时不可用' },
}

/** An RFC 9457 problem document, in one language. */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors: readonly {
    readonly code: string
    readonly path: string
    readonly message: string
    readonly hint?: string
    readonly span?: readonly [number, number]
    readonly record?: SimilarRecord
  }[]
}

/**
 * What the client gets to read about a refusal; the first problem decides status, code and detail.
 * @param words of who reads a further language
 */
export function presentProblem(error: AppError, language: Language, words?: FurtherWords): ProblemDocument {
  const texts = words?.problems
  const errors = error.problems.map((fault) => {
    const hint = problemHint(fault, language, texts)
    const span = fault.span === undefined ? {} : { span: fault.span }
    const record = fault.similar === undefined ? {} : { record: fault.similar }
    const shown = {
      ...{ code: fault.code, path: fault.path, message: problemMessage(fault, language, texts) },
      ...span,
      ...record,
    }
    return hint === undefined ? shown : { ...shown, hint }
  })
  return {
    type: `urn:tenon:problem:${error.code}`,
    title: texts?.[`status.${error.status}`] ?? (TITLES[error.status] ?? TITLES[500]!)[language],
    status: error.status,
    code: error.code,
    detail: errors[0]!.message,
    errors,
  }
}

/** Sends a refusal as application/problem+json, in the language of the words where they say it. */
export function sendProblem(
  response: ServerResponse,
  error: AppError,
  { language, words }: Spoken,
  headers: ExtraHeaders = {},
): void {
  const body = JSON.stringify(presentProblem(error, language, words))
  send(response, error.status, 'application/problem+json; charset=utf-8', body, {
    'Content-Language': words?.problems[error.code] === undefined ? language : words.tag,
    ...(error.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(error.retryAfterSeconds) }),
    ...(error.status === 401 ? { 'WWW-Authenticate': 'Bearer realm="tenon"' } : {}),
    ...headers,
  })
}
