import { request } from './client.ts'

export const REQUEST_STATES = ['open', 'done', 'declined'] as const
export type RequestState = (typeof REQUEST_STATES)[number]

interface Person {
  readonly id: string
  readonly label: string | null
}

/** What somebody wishes to be different, and what became of it. */
export interface ChangeRequest {
  readonly id: string
  readonly asked_by: Person | null
  readonly asked_at: string
  /** The address of the page. */
  readonly page: string
  readonly record: { readonly entity: string; readonly id: string; readonly label: string } | null
  readonly text: string
  readonly expected: string | null
  readonly state: RequestState
  readonly answer: string | null
  readonly closed_by: Person | null
  readonly closed_at: string | null
}

export interface RequestPage {
  readonly data: readonly ChangeRequest[]
  readonly page: { readonly next: string | null }
  /** How many are open. */
  readonly open: number
}

export interface NewRequest {
  readonly page: string
  readonly text: string
  readonly expected?: string
  readonly entity?: string
  readonly record?: string
}

export const listRequests = (state: RequestState, after?: string): Promise<RequestPage> =>
  request('/api/requests', { query: { state, after } })

export const fileRequest = (body: NewRequest): Promise<unknown> =>
  request('/api/requests', { method: 'POST', body })

export const answerRequest = (id: string, state: RequestState, answer: string): Promise<unknown> =>
  request(`/api/requests/${encodeURIComponent(id)}`, {
    method: 'PATCH',
    body: { state, ...(answer === '' ? {} : { answer }) },
  })
