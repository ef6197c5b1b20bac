import { request } from './client.ts'

/** What came in about a record by a web form. */
export interface Submission {
  readonly id: string
  readonly webform: { readonly name: string; readonly label: string }
  readonly at: string
  readonly outcome: 'created' | 'updated'
  readonly consent: {
    readonly version: string
    readonly language: string
    readonly words: string
    readonly address?: string
  } | null
  readonly parameters: Readonly<Record<string, string>>
}

export async function listSubmissions(entity: string, id: string): Promise<readonly Submission[]> {
  return (await request<{ readonly data: readonly Submission[] }>(`/api/submissions/${entity}/${id}`)).data
}
