import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useText } from '../../kit/use-text.ts'
import { editorOf, type PlaceEditor } from './editable.ts'
import './inline.css'

interface EditorProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly field: Field
  readonly onClose: () => void
}

const EDITORS: Readonly<Record<PlaceEditor, ComponentType<EditorProps>>> = {
  value: lazy(async () => ({ default: (await import('./InPlaceEditor.tsx')).InPlaceEditor })),
  stage: lazy(async () => ({ default: (await import('./InPlaceStage.tsx')).InPlaceStage })),
  sheet: lazy(async () => ({ default: (await import('./InPlaceSheet.tsx')).InPlaceSheet })),
}

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
  const t = useText()
  const [isOpen, setIsOpen] = useState(false)
  const kind = editorOf(entity, field, record)
  if (kind === undefined) return children
  const Editor = EDITORS[kind]
  // A panel stands beside the page: the pencil stays, and the focus comes back to it.
  const isCovered = isOpen && kind !== 'sheet'
  return (
    <div className={isCovered ? 'in-place open' : 'in-place'}>
      <span className="in-place-value">{children}</span>
      {isOpen ? (
        <Suspense fallback={null}>
          <Editor {...{ entity, record, field }} onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : null}
      {isCovered ? null : (
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
