import { useTranslation } from 'react-i18next'
import type { Entity } from '../../api/types.ts'
import { theirsOf } from '../../forms/conflict.ts'
import { whoChanged } from '../../forms/who-changed.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage } from '../../kit/model-context.tsx'
import type { Meanwhile } from './use-meanwhile.ts'

export interface MeanwhileNoteProps {
  readonly entity: Entity
  readonly meanwhile: Meanwhile
}

/** Says what somebody else has changed since the form was opened, before anybody presses Save. */
export function MeanwhileNote({ entity, meanwhile }: MeanwhileNoteProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { conflict, taken, isGone, take, look } = meanwhile
  const named = (names: readonly string[]): string =>
    new Intl.ListFormat(language).format(
      names.map((name) => entity.fields.find((field) => field.name === name)?.label ?? name),
    )
  if (isGone) {
    return (
      <p className="row note bad-note meanwhile" role="status">
        <Icon name="alert" />
        <span className="grow">{t('form.gone')}</span>
      </p>
    )
  }
  const shown = conflict ?? taken
  if (shown === undefined) return null
  const { clashes } = shown.comparison
  const clashing = clashes.map(({ field }) => field)
  const who = whoChanged(shown.record) ?? t('meanwhile.somebody')
  const fields = named([...clashing, ...theirsOf(shown.comparison)])
  return (
    <div className="row note meanwhile" role="status">
      <Icon name="users" />
      <span className="grow">
        {t(conflict === undefined ? 'meanwhile.taken' : 'meanwhile.changed', { who, fields })}{' '}
        {conflict === undefined
          ? null
          : clashes.length === 0
            ? t('meanwhile.fits')
            : t('meanwhile.clashes', { fields: named(clashing) })}
      </span>
      {conflict === undefined ? null : (
        <span className="row meanwhile-acts">
          {clashes.length === 0 ? (
            <Button size="small" onClick={take}>
              {t('meanwhile.take')}
            </Button>
          ) : null}
          <Button size="small" onClick={look}>
            {t('meanwhile.compare')}
          </Button>
        </span>
      )}
    </div>
  )
}
