import { request } from '../runtime-ui/api/client.ts'

export interface KindItem {
  readonly kind: string
  readonly label: string
  /** In force on save, instead of by publishing. */
  readonly content: boolean
  readonly count: number
}

export interface DefinitionItem {
  readonly kind: string
  readonly name: string
  readonly label: string
  readonly id: string
  readonly sentence?: string
}

export interface DefinitionAnswer {
  readonly data: Readonly<Record<string, unknown>>
  readonly sentence?: { readonly en: string; readonly 'zh-CN': string }
}

export interface Use {
  readonly kind: string
  readonly name: string
  /** A JSON pointer into the definition that mentions. */
  readonly path: string
  readonly label?: string
}

export interface Version {
  readonly version: number
  readonly published_at: string
  readonly published_by: string | { readonly id: string; readonly label: string } | null
  readonly label: string | null
}

const definitionPath = (kind: string, name: string): string =>
  `/api/meta/definitions/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`

export const listKinds = async (): Promise<readonly KindItem[]> =>
  (await request<{ data: readonly KindItem[] }>('/api/meta/kinds')).data

export const listDefinitions = async (kind: string): Promise<readonly DefinitionItem[]> =>
  (await request<{ data: readonly DefinitionItem[] }>('/api/meta/definitions', { query: { kind } })).data

export const getDefinition = (kind: string, name: string): Promise<DefinitionAnswer> =>
  request<DefinitionAnswer>(definitionPath(kind, name))

export const listUses = async (kind: string, name: string): Promise<readonly Use[]> =>
  (await request<{ data: readonly Use[] }>(`${definitionPath(kind, name)}/uses`)).data

export const listVersions = async (): Promise<readonly Version[]> =>
  (await request<{ data: readonly Version[] }>('/api/meta/versions')).data
