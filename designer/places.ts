import { textIn } from '../metadata/text.ts'
import type { IconName } from '../runtime-ui/kit/icons/paths.ts'

const ICONS: Readonly<Record<string, IconName>> = {
  entity: 'cube',
  option_set: 'list',
  pipeline: 'flag',
  layout: 'columns',
  view: 'table',
  app: 'home',
  assignment: 'branch',
  calendar: 'calendar',
  pool: 'users',
  role: 'shield',
  sharing: 'users',
  translation: 'globe',
  message: 'mail',
  connection: 'link',
  webform: 'globe',
  scenario: 'check',
  report: 'chart',
  dashboard: 'columns',
  approval: 'task',
  validation: 'alert',
  tag_rule: 'tag',
  duplicate_rule: 'merge',
  flow: 'bolt',
}

/** A label in the page's language; kinds are told in small letters, a page begins with a large one. */
export function labelText(label: Parameters<typeof textIn>[0], language: string, fallback: string): string {
  const text = textIn(label, language, fallback)
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

/** The picture of a kind of definition. */
export const kindIcon = (kind: string): IconName => ICONS[kind] ?? 'document'

export const kindAddress = (kind: string): string => `/designer/${encodeURIComponent(kind)}`

export const definitionAddress = (kind: string, name: string): string =>
  `${kindAddress(kind)}/${encodeURIComponent(name)}`

/** Where it shows what an entity still lacks until people work with it. */
export const beginAddress = (entity: string): string => `/designer/begin?entity=${encodeURIComponent(entity)}`
