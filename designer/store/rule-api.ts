import { request } from '../../runtime-ui/api/client.ts'
import type { Fault } from '../api.ts'

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
