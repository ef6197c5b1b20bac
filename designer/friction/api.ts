import { request } from '../../runtime-ui/api/client.ts'

/** What a field costs those who fill in forms, and what has anything from it. */
export interface FieldFriction {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly required: boolean
  /** 0 to 1; null where nothing can be said. */
  readonly filled: number | null
  /** For each stored form. */
  readonly seconds: number | null
  /** A day. */
  readonly last: string | null
  /** The last day on which something that reads it was opened or at work. */
  readonly last_use: string | null
  /** The last used first. */
  readonly uses: readonly FieldUse[]
  /** In whose form it stands. */
  readonly layouts: readonly string[]
  readonly on_form: boolean
}

export interface FieldUse {
  readonly kind: string
  readonly name: string
  readonly label: string
  /** A day; null: none since that is noted; absent: it leaves no trace. */
  readonly last?: string | null
}

export interface Friction {
  readonly records: number
  readonly forms: number
  readonly days: number
  /** Since when it is noted what people open. */
  readonly uses_since: string
  readonly fields: readonly FieldFriction[]
  readonly spare: { readonly fields: readonly string[]; readonly seconds: number | null }
}

export const getFriction = async (entity: string): Promise<Friction> =>
  (await request<{ data: Friction }>(`/api/meta/friction/${encodeURIComponent(entity)}`)).data
