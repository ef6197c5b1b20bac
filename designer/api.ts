import type { textIn } from '../metadata/text.ts'
import { request } from '../runtime-ui/api/client.ts'

type Text = Parameters<typeof textIn>[0]

export interface KindItem {
  readonly kind: string
  readonly label: Text
  /** In force on save, instead of by publishing. */
  readonly content: boolean
  readonly count: number
}

export interface DefinitionItem {
  readonly kind: string
  readonly name: string
  readonly label?: Text
  readonly id: string
  readonly sentence?: Text
}

export interface DefinitionAnswer {
  readonly data: Readonly<Record<string, unknown>>
  readonly sentence?: { readonly en: string; readonly 'zh-CN': string }
}

export interface Use {
  /** The definition that mentions. */
  readonly definition: { readonly kind: string; readonly name: string; readonly label?: Text }
  /** A JSON pointer into it. */
  readonly path: string
  /** What is mentioned: the definition asked for, or an item of it. */
  readonly to?: { readonly kind: string; readonly name: string; readonly item?: string }
}

export interface Version {
  readonly version: number
  readonly published_at: string
  /** Null: Tenon itself; without a label for those who may not read people. */
  readonly published_by: { readonly id: string; readonly label: string | null } | null
  readonly label: string
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
