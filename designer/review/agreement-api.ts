import { request } from '../../runtime-ui/api/client.ts'

export interface PersonTold {
  readonly id: string
  readonly label: string | null
}

export interface SaidTold {
  readonly person: PersonTold | null
  /** Null: nothing yet. */
  readonly decision: 'agreed' | 'declined' | null
  readonly text: string | null
  readonly at: string | null
}

export interface LinkedRequest {
  readonly id: string
  readonly text: string
  readonly state: string
}

/** Who must agree to a draft, and who has. */
export type Agreement = { readonly requests: readonly LinkedRequest[] } & (
  | { readonly rule: null }
  | {
      readonly rule: { readonly needs: number }
      readonly asked: {
        readonly by: PersonTold | null
        readonly at: string
        readonly text: string | null
        /** Whether the plan is still the one that people were asked about. */
        readonly current: boolean
      } | null
      readonly people: readonly (SaidTold & { readonly me: boolean; readonly counts: boolean })[]
      /** What no longer counts. */
      readonly earlier: readonly (SaidTold & { readonly current: boolean })[]
      readonly have: number
    }
)

const at = (id: string, rest: string): string => `/api/meta/changesets/${encodeURIComponent(id)}/${rest}`

export const getAgreement = async (id: string): Promise<Agreement> =>
  (await request<{ data: Agreement }>(at(id, 'agreement'))).data

export const askAgreement = (id: string, hash: string, text: string): Promise<unknown> =>
  request(at(id, 'agreement/ask'), { method: 'POST', body: { hash, ...(text === '' ? {} : { text }) } })

export const sayToPlan = (
  id: string,
  word: { readonly hash: string; readonly decision: 'agreed' | 'declined'; readonly text: string },
): Promise<unknown> => request(at(id, 'agreement'), { method: 'POST', body: word })

export const linkRequests = (id: string, requests: readonly string[]): Promise<unknown> =>
  request(at(id, 'requests'), { method: 'PUT', body: { requests } })
