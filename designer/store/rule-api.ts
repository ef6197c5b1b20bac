import { request } from '../../runtime-ui/api/client.ts'
import type { DefinitionItem, Fault } from '../api.ts'

/** What the engine makes of a rule, written in words or as it is stored. */
export type RuleChecked =
  | {
      readonly valid: true
      readonly rule: unknown
      readonly text: string
      readonly sentence: string
      /** What of a record it looks at: fields by path, and records that point to it. */
      readonly reads: { readonly fields: readonly string[]; readonly lists: readonly string[] }
    }
  | { readonly valid: false; readonly problems: readonly Fault[] }

/** @param changeset a draft that counts as published, as far as it holds together */
export const checkRule = async (
  rule: unknown,
  entity: string,
  signal?: AbortSignal,
  changeset?: string,
): Promise<RuleChecked> =>
  (
    await request<{ data: RuleChecked }>('/api/meta/rules/check', {
      method: 'POST',
      body: { rule, entity },
      query: { changeset },
      ...(signal === undefined ? {} : { signal }),
    })
  ).data

interface Evaluated {
  readonly value: unknown
  readonly parts: readonly { readonly path: string; readonly value: unknown }[]
}

/** What a rule gives for a record as the actor sees it, or for typed values by path, with each of its parts. */
export const evaluateRule = async (
  rule: unknown,
  entity: string,
  subject: { readonly id: string } | { readonly values: Readonly<Record<string, unknown>> },
): Promise<Evaluated> => {
  const body = { rule, entity, ...subject }
  return (await request<{ data: Evaluated }>('/api/meta/rules/evaluate', { method: 'POST', body })).data
}

/** What rules may be made of: every function, and the names over an entity as the actor may use them. */
export interface RuleCatalogue {
  readonly operators: readonly { readonly text: string; readonly label: string; readonly signature: string }[]
  readonly fields: readonly {
    readonly path: string
    /** As it is written in the words of a rule. */
    readonly text: string
    readonly label: string
    readonly options?: readonly string[]
  }[]
}

/** @param entity without one the functions alone */
export const getRuleCatalogue = async (entity: string | undefined): Promise<RuleCatalogue> =>
  (await request<{ data: RuleCatalogue }>('/api/meta/rules/catalogue', { query: { entity } })).data

/** The rules of all definitions in words, each with its place: what a search finds them by. */
export const listRules = async (): Promise<
  readonly (DefinitionItem & {
    readonly rules: readonly { readonly path: string; readonly text: string }[]
  })[]
> => (await request<{ data: [] }>('/api/meta/definitions', { query: { rules: '1' } })).data
