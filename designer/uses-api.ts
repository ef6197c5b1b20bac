import type { Text } from '../metadata/text.ts'
import { request } from '../runtime-ui/api/client.ts'
import { definitionPath } from './api.ts'

export interface Use {
  /** The definition that mentions. */
  readonly definition: { readonly kind: string; readonly name: string; readonly label?: Text }
  /** A JSON pointer into it. */
  readonly path: string
  /** What the entries of lists on the way are called; null where they have neither label nor name. */
  readonly entries?: readonly (Text | null)[]
  /** What is mentioned: the definition asked for, or an item of it. */
  readonly to?: { readonly kind: string; readonly name: string; readonly item?: string }
  /** It is the key there that mentions it. */
  readonly in_key?: boolean
  /** The part of the text or key that is the name. */
  readonly span?: readonly [number, number]
}

/**
 * @param item one of its fields, stages or options; all of them and itself when absent
 * @param changeset a draft in which it is looked for; what is in force when absent
 */
export const listUses = async (
  kind: string,
  name: string,
  item?: string,
  changeset?: string,
): Promise<readonly Use[]> =>
  (
    await request<{ data: readonly Use[] }>(`${definitionPath(kind, name)}/uses`, {
      query: { item, changeset },
    })
  ).data
