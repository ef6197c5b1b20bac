import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { HistoryMerge } from '../../api/history.ts'
import type { MergedFrom } from '../../api/timeline.ts'
import type { Entity, Reference } from '../../api/types.ts'
import { recordAddress } from '../frame/places.ts'

/** What somebody merged: which records into this one, or this one into which. */
export function MergedWords({ entity, merged }: { readonly entity: Entity; readonly merged: HistoryMerge }) {
  const { t } = useTranslation()
  const { from = [], into } = merged
  const nameOf = ({ label }: Reference) => label ?? t('merge.hidden', { entity: entity.label })
  if (into === undefined) return t('merge.mergedFrom', { names: from.map(nameOf).join(t('merge.comma')) })
  return (
    <>
      {t('merge.mergedInto')}{' '}
      {into.id === null ? (
        nameOf(into)
      ) : (
        <Link className="link" to={recordAddress(entity.name, into.id)}>
          {nameOf(into)}
        </Link>
      )}
    </>
  )
}

/** That it happened to a record which was merged into this one. */
export function OfMerged({ of }: { readonly of: MergedFrom | undefined }) {
  const { t } = useTranslation()
  if (of === undefined) return null
  return (
    <span className="ink-3">
      {' · '}
      {t('merge.of', { name: of.label })}
    </span>
  )
}

/** Into which record one in the recycle bin was merged. */
export function MergedAway({ entity, into }: { readonly entity: Entity; readonly into: Reference }) {
  const { t } = useTranslation()
  if (into.id === null)
    return (
      <span className="t12 ink-3">
        {t('merge.away', { title: t('merge.hidden', { entity: entity.label }) })}
      </span>
    )
  return (
    <Link className="t12 link merged-away" to={recordAddress(entity.name, into.id)}>
      {t('merge.away', { title: into.label })}
    </Link>
  )
}
