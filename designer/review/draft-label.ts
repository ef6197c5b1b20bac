import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

/** What a draft is called that nobody has named: back to a version, or whose changes they are and of which day. */
export type UsualLabel =
  | { readonly version: string }
  | { readonly name: string; readonly year: number; readonly month: number; readonly day: number }

const BACK = /^(?:Back to version |恢复到版本 )(\d+)$/
const IN_ENGLISH = /^Changes of (.+), (\d{1,2})\/(\d{1,2})\/(\d{4})$/
const IN_CHINESE = /^(.+)的修改，(\d{4})\/(\d{1,2})\/(\d{1,2})$/

/** The parts of such a label, in whatever language it was made; undefined for one that somebody has written. */
export function usualLabel(label: string): UsualLabel | undefined {
  const [, version] = BACK.exec(label) ?? []
  if (version !== undefined) return { version }
  const [, name, month, day, year] = IN_ENGLISH.exec(label) ?? []
  if (name !== undefined) return { name, year: Number(year), month: Number(month), day: Number(day) }
  const [, who, ofYear, ofMonth, ofDay] = IN_CHINESE.exec(label) ?? []
  if (who === undefined) return undefined
  return { name: who, year: Number(ofYear), month: Number(ofMonth), day: Number(ofDay) }
}

/** What a draft or a version is called, in the reader's language where nobody has named it. */
export function saidLabel(label: string, t: TFunction, language: string): string {
  const usual = usualLabel(label)
  if (usual === undefined) return label
  if ('version' in usual) return t('drafts.labelBack', { version: usual.version })
  return labelOfDay(usual, t, language)
}

/** What the changes of a person are called until somebody names them. @param on the workspace's day, yyyy-mm-dd */
export function freshLabel(name: string, on: string, t: TFunction, language: string): string {
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number)
  return labelOfDay({ name, year, month, day }, t, language)
}

function labelOfDay(
  { name, year, month, day }: Exclude<UsualLabel, { readonly version: string }>,
  t: TFunction,
  language: string,
): string {
  const date = new Date(year, month - 1, day).toLocaleDateString(language)
  return t('drafts.labelNew', { name, date })
}

/** Labels as `saidLabel` tells them, in the language of the page. */
export function useDraftLabel(): (label: string) => string {
  const { t, i18n } = useTranslation()
  return (label) => saidLabel(label, t, i18n.language)
}
