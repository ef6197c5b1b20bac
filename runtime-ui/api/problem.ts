/** A record that a duplicate rule found, as far as this person may know of it. */
export interface SimilarRecord {
  readonly rule: string
  readonly entity: string | null
  /** Null where it may not be read. */
  readonly id: string | null
  readonly label: string | null
  /** Null: nobody's; absent where that is not told. */
  readonly owner?: { readonly id: string | null; readonly label: string } | null
  readonly likeness?: number
}

/** One fault as the server tells it; `path` is a JSON pointer into what was sent. */
export interface ProblemItem {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly hint?: string
  readonly record?: SimilarRecord
}

/** A refusal of the server, or no answer at all (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly items: readonly ProblemItem[]
  readonly retryAfterSeconds: number | undefined
  constructor(
    status: number,
    code: string,
    message: string,
    items: readonly ProblemItem[],
    retryAfterSeconds?: number,
  ) {
    super(message)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.items = items
    this.retryAfterSeconds = retryAfterSeconds
  }
}

interface ProblemBody {
  readonly title?: string
  readonly detail?: string
  readonly code?: string
  readonly errors?: readonly Partial<ProblemItem>[]
}

/**
 * An answer that is not a success, as a problem. Bodies that are no problem documents (a proxy's page) keep
 * their status and get the code HTTP_<status>.
 */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = await readBody(response)
  const code = body.code ?? `HTTP_${response.status}`
  const items = (body.errors ?? []).map((item) => ({
    code: item.code ?? code,
    path: item.path ?? '',
    message: item.message ?? '',
    ...(item.hint === undefined ? {} : { hint: item.hint }),
    ...(item.record === undefined ? {} : { record: item.record }),
  }))
  const message = body.detail ?? items[0]?.message ?? body.title ?? response.statusText
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return new ApiProblem(
    response.status,
    code,
    message,
    items,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  )
}

async function readBody(response: Response): Promise<ProblemBody> {
  try {
    const body: unknown = await response.json()
    return body !== null && typeof body === 'object' ? (body as ProblemBody) : {}
  } catch {
    return {} // not JSON: the status alone must do
  }
}

/** No answer: the server is away or the line is cut. */
export const unreachable = (): ApiProblem => new ApiProblem(0, 'NETWORK_UNREACHABLE', '', [])

export const isProblem = (error: unknown, status: number): error is ApiProblem =>
  error instanceof ApiProblem && error.status === status
