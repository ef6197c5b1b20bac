import type { IconName } from '../runtime-ui/kit/icons/paths.ts'

const ICONS: Readonly<Record<string, IconName>> = {
  entity: 'cube',
  option_set: 'list',
  pipeline: 'flag',
  layout: 'columns',
  view: 'table',
  app: 'home',
  role: 'shield',
  translation: 'globe',
}

/** The picture of a kind of definition. */
export const kindIcon = (kind: string): IconName => ICONS[kind] ?? 'document'

export const kindAddress = (kind: string): string => `/designer/${encodeURIComponent(kind)}`

export const definitionAddress = (kind: string, name: string): string =>
  `${kindAddress(kind)}/${encodeURIComponent(name)}`
