import type { Answers, FieldProblem, FormPage } from './types.ts'

export interface Sent {
  readonly thanks?: { readonly text: string; readonly address: string | null }
  readonly problems: readonly FieldProblem[]
  /** Seconds after which it may be sent again. */
  readonly retryAfter?: number
}

interface Problem {
  readonly path: string
  readonly message: string
}

/**
 * Sends answers. The same page may be sent again and again: it counts once.
 * @throws TypeError where the server cannot be reached
 */
export async function send(
  page: FormPage,
  answers: Answers,
  more: { readonly consent: boolean; readonly trap: string },
): Promise<Sent> {
  const query = new URLSearchParams(location.search)
  const parameters = Object.fromEntries(
    page.parameters.flatMap((name) => {
      const value = query.get(name)
      return value === null || value === '' ? [] : [[name, value]]
    }),
  )
  const response = await fetch(`/api/webforms/${page.name}/submissions`, {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json', 'accept-language': page.language },
    body: JSON.stringify({ ticket: page.ticket, answers, parameters, ...more }),
  })
  const body = (await response.json()) as { data?: Sent['thanks']; errors?: readonly Problem[] }
  if (response.ok && body.data !== undefined) return { thanks: body.data, problems: [] }
  const retryAfter = Number(response.headers.get('retry-after') ?? 0)
  return {
    problems: (body.errors ?? []).map(({ path, message }) => ({ at: placeOf(path), message })),
    ...(retryAfter > 0 ? { retryAfter } : {}),
  }
}

/** `/answers/phone` is the field, `/consent` the consent, all else the form. */
function placeOf(path: string): string {
  const [, first, second] = path.split('/')
  if (first === 'consent') return 'consent'
  return first === 'answers' ? (second ?? '') : ''
}
