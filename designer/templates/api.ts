import type { textIn } from '../../metadata/text.ts'
import { request } from '../../runtime-ui/api/client.ts'
import { isObject, type Json } from '../store/json-value.ts'
import type { WorkspaceArchive } from './saved-template.ts'

type Text = Parameters<typeof textIn>[0]

export interface TemplateItem {
  readonly name: string
  readonly version: string
  readonly label: Text
  readonly summary?: Text
  readonly requires: readonly string[]
  /** The version that this workspace has. */
  readonly installed: string | null
  readonly has_data: boolean
  readonly counts: Readonly<Record<string, number>>
  readonly entities: readonly { readonly name: string; readonly label: Text; readonly icon?: string }[]
  readonly parameters: readonly Parameter[]
  /** What was answered here. */
  readonly answers: Answers
  readonly screenshots: readonly Screenshot[]
}

/** What a template asks at install. */
export interface Parameter {
  readonly name: string
  readonly type: 'text' | 'integer' | 'select' | 'boolean' | 'list' | 'color'
  readonly label: Text
  readonly help?: Text
  readonly required?: boolean
  readonly default?: Answer
  readonly options?: readonly { readonly name: string; readonly label?: Text }[]
  readonly min?: number
  readonly max?: number
}

export type Answer = string | number | boolean | readonly string[]
export type Answers = Readonly<Record<string, Answer>>

export interface Screenshot {
  readonly file: string
  readonly label: Text
  readonly language?: string
}

/** One definition of a template, in words. */
export interface Content {
  readonly kind: string
  readonly name: string
  readonly label: Text
  readonly sentence: Text
}

const BASE = '/api/templates'
const at = (name: string, act: string): string => `${BASE}/${encodeURIComponent(name)}/${act}`

export const listTemplates = async (): Promise<readonly TemplateItem[]> =>
  (await request<{ data: readonly TemplateItem[] }>(BASE)).data

export const readContents = async (name: string): Promise<readonly Content[]> =>
  (await request<{ data: { contents: readonly Content[] } }>(`${BASE}/${encodeURIComponent(name)}`)).data
    .contents

export const screenshotAddress = (name: string, file: string): string =>
  `${BASE}/${encodeURIComponent(name)}/screenshots/${encodeURIComponent(file)}`

export const installTemplate = async (
  name: string,
  data: boolean,
  answers: Answers,
): Promise<{ readonly version: number; readonly records: number }> =>
  (
    await request<{ data: { version: number; records: number } }>(at(name, 'install'), {
      method: 'POST',
      body: { data, answers },
    })
  ).data

/** @returns the id of a changeset */
export const draftOf = async (
  name: string,
  act: 'upgrade' | 'uninstall',
  body: object = {},
): Promise<string> =>
  (await request<{ data: { id: string } }>(at(name, act), { method: 'POST', body })).data.id

/** How many demo records of an entity would go, and how many stay because people work with them. */
export interface DemoCount {
  readonly entity: string
  readonly label: string
  readonly removed: number
  readonly kept: number
}

export const countDemo = async (): Promise<readonly DemoCount[]> =>
  (await request<{ data: readonly DemoCount[] }>('/api/demo')).data

export interface RemovedDemo {
  readonly removed: number
  readonly kept: number
  /** The acts by which they come back, from the first to the last. */
  readonly undo: readonly string[]
  /** How many are there yet. */
  readonly left: number
}

/** Takes so many demo records away at most. */
export const removeDemo = async (limit: number): Promise<RemovedDemo> =>
  (await request<{ data: RemovedDemo }>('/api/demo', { method: 'DELETE', query: { limit } })).data

export const exportWorkspace = (): Promise<WorkspaceArchive> => request<WorkspaceArchive>('/api/meta/export')

/** Lets the browser save a template as a file that people can read. */
export function saveFile(name: string, archive: WorkspaceArchive): void {
  const text = `${JSON.stringify(archive, null, 2)}\n`
  const place = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = place
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(place), 60_000)
}

/** @returns the id of a changeset with what the archive has otherwise; its pictures are of no use to that */
export const importArchive = async (archive: unknown): Promise<string> => {
  const body = isObject(archive) ? withoutPictures(archive) : archive
  return (await request<{ data: { id: string } }>('/api/meta/import', { method: 'POST', body })).data.id
}

const withoutPictures = ({ screenshots: _pictures, ...rest }: Json): Json => rest
