import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { same } from '../../forms/form-data.ts'
import { whoChanged } from '../../forms/who-changed.ts'
import { FieldValue } from '../../values/FieldValue.tsx'
import { widgetForField } from '../../widgets/for-field.ts'
import { WidgetByName } from '../../widgets/WidgetByName.tsx'
import { editedValue, isChosen, takesEnter } from './editable.ts'
import { useSave } from './use-save.ts'

interface InPlaceEditorProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly field: Field
  readonly onClose: () => void
}

/** Where the lists of widgets are drawn: a press there does not leave the editor. */
const FLOATING = '.ant-select-dropdown, .ant-picker-dropdown, .ant-dropdown, .picker-list'

/** The widget of one value over its place. What is refused stays there, with the reason. */
export function InPlaceEditor({ entity, record, field, onClose }: InPlaceEditorProps) {
  const { t } = useTranslation()
  const stored = editedValue(field, record)
  /** What the editor was opened on: by now somebody else may have stored another value. */
  const [before] = useState(stored)
  const isMoved = !same(stored, before)
  const [value, setValue] = useState(before)
  const [warned, setWarned] = useState<unknown>(before)
  const [problem, setProblem] = useState<string>()
  const box = useRef<HTMLDivElement>(null)
  const { busy, save } = useSave(entity, record, field)
  const end = async (next: unknown): Promise<void> => {
    if (busy.current) return
    if (same(next, before) || same(next, stored)) return onClose()
    if (isMoved && !same(warned, stored)) {
      setWarned(stored)
      return setProblem(t('inline.clash', { who: whoChanged(record) ?? t('meanwhile.somebody') }))
    }
    const refused = await save(next)
    if (refused === undefined) onClose()
    else setProblem(refused)
  }
  const latest = useRef(end)
  latest.current = end
  const now = useRef(value)
  now.current = value
  useEffect(() => {
    const onPress = (event: globalThis.PointerEvent): void => {
      const at = event.target as Element
      if (box.current?.contains(at) === true || at.closest(FLOATING) !== null) return
      void latest.current(now.current)
    }
    document.addEventListener('pointerdown', onPress, true)
    return () => document.removeEventListener('pointerdown', onPress, true)
  }, [])
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation() // the list has keys of its own
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && (!takesEnter(field) || event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void end(value)
    }
  }
  const id = `inline-${record.id}-${field.name}`
  const { widget, options } = widgetForField(entity, field)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the widget that it holds
    <div
      className="in-place-editor"
      ref={box}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
    >
      <label className="visually-hidden" htmlFor={id}>
        {field.label}
      </label>
      <WidgetByName
        widget={widget}
        id={id}
        name={field.name}
        label={field.label}
        value={value}
        onChange={(next) => {
          setProblem(undefined)
          setValue(next)
          if (isChosen(field)) void end(next)
        }}
        options={{ ...options, open: true }}
        readOnly={false}
        required={field.required}
        invalid={problem !== undefined}
        describedBy={`${id}-say`}
        autoFocus
        context={{ entity, record, setFault: (_field, message) => setProblem(message), WidgetByName }}
      />
      <p
        className={problem === undefined ? 'visually-hidden' : 'field-problem'}
        id={`${id}-say`}
        role="status"
      >
        {problem ?? t('inline.keys')}
      </p>
      {isMoved ? (
        <p className="in-place-now t13">
          <span className="ink-3">{t('inline.now')}</span>{' '}
          <FieldValue entity={entity} field={field} value={record[field.name]} compact />
        </p>
      ) : null}
    </div>
  )
}
