import { request } from '../../runtime-ui/api/client.ts'
import { type Fault, inDraft } from '../api.ts'

/** Something that a draft takes away, with the places that still name it. */
export interface Taken {
  readonly kind: string
  readonly name: string
  /** Absent for the definition as a whole. */
  readonly item?: string
  readonly label?: unknown
  /** What stays beside it and may stand in its place. */
  readonly others: readonly { readonly name: string; readonly label?: unknown }[]
  readonly uses: readonly MentionedAt[]
}

/** A place that names something. */
interface MentionedAt {
  readonly definition: { readonly kind: string; readonly name: string }
  /** A JSON pointer into the definition. */
  readonly path: string
  /** It is the key there that is the name. */
  readonly in_key?: boolean
  /** The part of the text or key that is the name. */
  readonly span?: readonly [number, number]
}

/** What the engine says of a draft. */
export interface Checked {
  readonly problems: readonly Fault[]
  /** What stands in nobody's way. */
  readonly warnings: readonly Fault[]
  readonly taken: readonly Taken[]
}

export const checkChangeset = async (id: string): Promise<Checked> =>
  (await request<{ data: Checked }>(`/api/meta/changesets/${id}/check`, { method: 'POST', body: {} })).data

/** The draft takes a definition out of the model. */
export const removeDefinition = (id: string, kind: string, name: string): Promise<void> =>
  request(inDraft(id, kind, name), { method: 'DELETE' })
