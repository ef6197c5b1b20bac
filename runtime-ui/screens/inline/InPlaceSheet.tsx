import { useQuery } from '@tanstack/react-query'
import { type SyntheticEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getForm } from '../../api/records.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { same } from '../../forms/form-data.ts'
import { Button } from '../../kit/Button.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { widgetForField } from '../../widgets/for-field.ts'
import { WidgetByName } from '../../widgets/WidgetByName.tsx'
import { editedValue } from './editable.ts'
import { useSave } from './use-save.ts'

interface InPlaceSheetProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly field: Field
  readonly onClose: () => void
}

const NARROW = 460
const WIDE = 760

/** One value that takes room (lines, a file, an address, formatted text) in a panel beside the page. */
export function InPlaceSheet({ entity, record, field, onClose }: InPlaceSheetProps) {
  const { t } = useTranslation()
  const [before] = useState(() => editedValue(field, record))
  const [value, setValue] = useState(before)
  const [problem, setProblem] = useState<string>()
  const [fault, setFault] = useState<string>()
  const { busy, save } = useSave(entity, record, field)
  const [isBusy, setIsBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // What the widget wants to know (by which field lines belong here, options) the form says.
  const asked = useQuery({
    queryKey: ['form-part', entity.name, record.id],
    queryFn: () => getForm(entity.name, record.id),
    staleTime: 60_000,
  })
  const part = asked.data?.uiSchema[field.name] as
    | { readonly 'ui:widget'?: string; readonly 'ui:options'?: Readonly<Record<string, unknown>> }
    | undefined
  const plain = widgetForField(entity, field)
  const send = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault()
    event.stopPropagation()
    if (busy.current || fault !== undefined) return
    if (same(value, before)) return onClose()
    setIsBusy(true)
    const refused = await save(value)
    setIsBusy(false)
    if (refused === undefined) onClose()
    else setProblem(refused)
  }
  const id = `inline-${record.id}-${field.name}`
  const told = problem ?? fault
  return (
    <Sheet
      open
      title={field.label}
      width={field.type === 'child_list' ? WIDE : NARROW}
      onClose={onClose}
      footer={
        <div className="row end">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="primary" aria-busy={isBusy} onClick={() => form.current?.requestSubmit()}>
            {t('act.save')}
          </Button>
        </div>
      }
    >
      <form
        ref={form}
        className="in-place-sheet"
        onSubmit={(event) => void send(event)}
        onKeyDown={(event) => {
          event.stopPropagation() // the list has keys of its own
          if (event.key === 'Escape') onClose()
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) form.current?.requestSubmit()
        }}
      >
        {asked.isPending ? (
          <LoadingRows rows={3} />
        ) : (
          <WidgetByName
            widget={part?.['ui:widget'] ?? plain.widget}
            id={id}
            name={field.name}
            label={field.label}
            value={value}
            onChange={(next) => {
              setProblem(undefined)
              setValue(next)
            }}
            options={part?.['ui:options'] ?? { ...plain.options, of: field.relation?.to[0] }}
            readOnly={false}
            required={field.required}
            invalid={told !== undefined}
            describedBy={`${id}-say`}
            autoFocus
            context={{ entity, record, setFault: (_field, message) => setFault(message), WidgetByName }}
          />
        )}
        <p
          className={told === undefined ? 'visually-hidden' : 'field-problem'}
          id={`${id}-say`}
          role="status"
        >
          {told ?? t('inline.sheetKeys')}
        </p>
      </form>
    </Sheet>
  )
}
