import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, RecordData, ViewColumn } from '../../../api/types.ts'
import { useLanguage, useWork } from '../../../kit/model-context.tsx'
import { toast } from '../../../kit/toast.tsx'
import { isTyping } from '../../../kit/use-shortcut.ts'
import { fieldAt, valueAt } from '../../../values/references.ts'
import { valueText } from '../../../values/value-text.ts'
import type { Selection } from '../../bulk/use-selection.ts'
import { cellsOf, isTable, tableOf, tsvOf } from './cells.ts'

const PasteRows = lazy(async () => ({ default: (await import('./PasteRows.tsx')).PasteRows }))

interface ClipboardParts {
  readonly entity: Entity
  readonly columns: readonly ViewColumn[]
  readonly records: readonly RecordData[]
  readonly active: number
  readonly selection: Selection | undefined
}

/**
 * Copies the chosen rows, else the one in use, as a spreadsheet takes them, in the columns shown; what a spreadsheet copied is
 * pasted as changes or as new records. Texts that a person has marked, and fields, keep their own copying and pasting.
 */
export function useClipboard(parts: ClipboardParts): ReactNode {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const [pasted, setPasted] = useState<readonly (readonly string[])[]>()
  const { entity, columns: shown, records, active, selection } = parts
  const columns = shown.flatMap(({ field: path }) => {
    const field = fieldAt(model.entities, entity, path)
    return field === undefined ? [] : [{ path, field }]
  })
  const chosen = records.filter(({ id }) => selection?.ids.has(id) === true)
  const meant = chosen.length > 0 ? chosen : records.slice(active, active + 1).filter(() => active >= 0)
  const copy = (event: ClipboardEvent): void => {
    if (isElsewhere(event) || meant.length === 0 || window.getSelection()?.isCollapsed === false) return
    const setting = {
      ...{ language, zone: model.timeZone },
      ...{ yes: t('value.yes'), no: t('value.no'), hidden: t('value.hidden') },
    }
    const rows = meant.map((record) =>
      columns.map(({ path, field }) => valueText(entity, field, valueAt(record, path), setting)),
    )
    event.clipboardData?.setData('text/plain', tsvOf(rows))
    event.clipboardData?.setData('text/html', tableOf(rows))
    event.preventDefault()
    toast({ text: t('clipboard.copied', { count: rows.length }) })
  }
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (isElsewhere(event) || !isTable(text) || !(entity.rights.import || entity.rights.bulk)) return
    event.preventDefault()
    setPasted(cellsOf(text))
  }
  const acts = useRef({ copy, paste })
  acts.current = { copy, paste }
  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => acts.current.copy(event)
    const onPaste = (event: ClipboardEvent): void => acts.current.paste(event)
    document.addEventListener('copy', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [])
  if (pasted === undefined) return null
  return (
    <Suspense fallback={null}>
      <PasteRows
        {...{ entity, columns, records: meant, rows: pasted }}
        onClose={() => setPasted(undefined)}
      />
    </Suspense>
  )
}

const isElsewhere = ({ target, defaultPrevented }: ClipboardEvent): boolean =>
  defaultPrevented ||
  (target instanceof Element && isTyping(target)) ||
  document.querySelector('[role="dialog"]') !== null
