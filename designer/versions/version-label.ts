import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import type { Version } from '../api.ts'
import { saidLabel } from '../review/draft-label.ts'
import { listTemplates } from '../templates/api.ts'

/** What the engine calls its own versions: `Engine`, `Template sales 0.1.0`. */
const OWN = /^(?:(Engine)|Template ([a-z][a-z0-9_]*) (\S+))$/

export interface OwnLabel {
  /** The template that was brought in; undefined for what the engine itself needs. */
  readonly template: string | undefined
  readonly version: string | undefined
}

/** What a version of Tenon itself says; undefined for one that somebody has called so. */
export function ownLabel({
  label,
  published_by: by,
}: Pick<Version, 'label' | 'published_by'>): OwnLabel | undefined {
  const found = by === null ? OWN.exec(label) : null
  return found === null ? undefined : { template: found[2], version: found[3] }
}

/** What a version is called: in the reader's words where Tenon itself has published it. */
export function useVersionLabel(): (version: Pick<Version, 'label' | 'published_by'>) => string {
  const { t, i18n } = useTranslation()
  const templates = useQuery({ queryKey: ['templates'], queryFn: listTemplates, retry: false })
  return (version) => {
    const own = ownLabel(version)
    if (own === undefined)
      return version.label === '' ? t('designer.unnamed') : saidLabel(version.label, t, i18n.language)
    if (own.template === undefined) return t('versions.ofEngine')
    const label = templates.data?.find(({ name }) => name === own.template)?.label
    return t('versions.ofTemplate', {
      name: textIn(label, i18n.language, own.template),
      version: own.version,
    })
  }
}
