import { request } from './client.ts'
import type { Option } from './types.ts'

export interface RelativeValues {
  readonly values: Readonly<Record<string, unknown>>
  /** Paths at which the person sees nothing. */
  readonly unseen: readonly string[]
}

/** What the rules of a form see behind a lookup once a record is chosen in it. */
export async function getRelatives(
  entity: string,
  layout: string | null,
  lookup: string,
  id: string,
): Promise<RelativeValues> {
  const query = { layout: layout ?? undefined, [lookup]: id }
  return (await request<{ data: RelativeValues }>(`/api/forms/${entity}/relatives`, { query })).data
}

export interface OptionQuestion {
  readonly under?: string | undefined
  readonly q?: string | undefined
  readonly names?: string | undefined
}

/** Options of a field whose list is too long to be sent along. */
export async function getOptions(
  entity: string,
  field: string,
  question: OptionQuestion,
): Promise<readonly Option[]> {
  const query = { field, ...question }
  return (await request<{ data: readonly Option[] }>(`/api/forms/${entity}/options`, { query })).data
}

/** Tells how long the fields of a form took that is stored, milliseconds by field. */
export async function tellEffort(entity: string, fields: Readonly<Record<string, number>>): Promise<void> {
  try {
    await request(`/api/forms/${encodeURIComponent(entity)}/effort`, { method: 'POST', body: { fields } })
  } catch {
    // One form more or less says nothing: who has stored a record need not hear of it.
  }
}
