import { acceptedFor } from '../i18n/languages.ts'
import { takeEarly } from './early.ts'
import { problemOf, unreachable } from './problem.ts'

export interface RequestOptions {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly query?: Readonly<Record<string, string | number | undefined>>
  /** Sent as JSON; a FormData goes as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

let language = 'en'
let onSignedOut: () => void = () => undefined
let onViewEnded: () => void = () => undefined

/** The language in which labels and problems are asked for from now on. */
export function setApiLanguage(next: string): void {
  language = next
}

/** How it is asked for: with the languages that stand in where the server has none of its words in it. */
export const apiLanguage = (): string => acceptedFor(language)

/** What happens when the server says that nobody is signed in. */
export function setSignedOutHandler(handler: () => void): void {
  onSignedOut = handler
}

/** What happens when seeing as somebody else is over: the next call would be one's own. */
export function setViewEndedHandler(handler: () => void): void {
  onViewEnded = handler
}

/**
 * One call to the API: JSON in, JSON out, the session by cookie.
 * @throws ApiProblem for every refusal, with status 0 where no answer came
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return await readAnswer<T>(path, await send(path, options))
}

/** What a call was answered. @throws ApiProblem for every refusal */
export async function readAnswer<T>(path: string, response: Response): Promise<T> {
  if (!response.ok) {
    const problem = await problemOf(response)
    if (problem.code !== undefined && SESSIONS_ENDED.has(problem.code)) onViewEnded()
    else if (response.status === 401 && path !== '/api/auth/login') onSignedOut()
    throw problem
  }
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

/** The code of a refusal because a view is over. */
export const VIEW_ENDED = 'AUTH_VIEW_ENDED'
export const SANDBOX_ENDED = 'AUTH_SANDBOX_ENDED'

/** What is over stands above the session itself, which goes on: the page begins anew with that. */
export const SESSIONS_ENDED: ReadonlySet<string> = new Set([VIEW_ENDED, SANDBOX_ENDED])

/** A call whose answer is read by who makes it. @throws ApiProblem where none comes */
export async function send(path: string, options: RequestOptions): Promise<Response> {
  const isPlain = options.method === undefined && options.query === undefined && options.headers === undefined
  const early = isPlain ? await takeEarly(path, language) : undefined
  if (early !== undefined) return early
  const isForm = options.body instanceof FormData
  const headers = new Headers({
    Accept: 'application/json',
    'Accept-Language': apiLanguage(),
    ...options.headers,
  })
  if (options.body !== undefined && !isForm) headers.set('Content-Type', 'application/json')
  try {
    return await fetch(withQuery(path, options.query), {
      method: options.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined
        ? {}
        : { body: isForm ? (options.body as FormData) : JSON.stringify(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw unreachable()
  }
}

/** The address with its parameters; undefined and empty ones are left out. */
export function withQuery(path: string, query: RequestOptions['query'] = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}
