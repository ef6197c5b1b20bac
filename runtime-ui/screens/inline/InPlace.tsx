import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { isEditedInPlace } from './editable.ts'
import './inline.css'

const InPlaceEditor = lazy(async () => ({ default: (await import('./InPlaceEditor.tsx')).InPlaceEditor }))

interface InPlaceProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly field: Field
  /** The value as it is shown. */
  readonly children: ReactNode
  /** Many of them stand side by side: none is a stop of the Tab key. */
  readonly inTable?: boolean
}

/** A value that is changed where it stands: the pencil opens its widget, Enter saves, Esc keeps. */
export function InPlace({ entity, record, field, children, inTable = false }: InPlaceProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  if (!isEditedInPlace(entity, field)) return children
  return (
    <div className={isOpen ? 'in-place open' : 'in-place'}>
      <span className="in-place-value">{children}</span>
      {isOpen ? (
        <Suspense fallback={null}>
          <InPlaceEditor {...{ entity, record, field }} onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : (
        <button
          type="button"
          className="plain-button in-place-act"
          aria-label={t('inline.edit', { field: field.label })}
          tabIndex={inTable ? -1 : 0}
          onClick={() => setIsOpen(true)}
        >
          <Icon name="edit" size="small" />
        </button>
      )}
    </div>
  )
}
