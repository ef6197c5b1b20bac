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
  readonly uses: readonly { readonly kind: string; readonly name: string; readonly label: string }[]
  /** In whose form it stands. */
  readonly layouts: readonly string[]
  readonly on_form: boolean
}

export interface Friction {
  readonly records: number
  readonly forms: number
  readonly days: number
  readonly fields: readonly FieldFriction[]
  readonly spare: { readonly fields: readonly string[]; readonly seconds: number | null }
}

export const getFriction = async (entity: string): Promise<Friction> =>
  (await request<{ data: Friction }>(`/api/meta/friction/${encodeURIComponent(entity)}`)).data
