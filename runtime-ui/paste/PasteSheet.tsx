import { Checkbox, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../api/types.ts'
import { Button } from '../kit/Button.tsx'
import { Sheet } from '../kit/Sheet.tsx'
import { FieldValue } from '../values/FieldValue.tsx'
import { fitCard, unfitted } from './fit-card.ts'
import './paste.css'
import { readCard } from './read-card.ts'

interface PasteSheetProps {
  readonly entity: Entity
  /** The fields of the form. */
  readonly known: ReadonlySet<string>
  /** Those that have a value already: they keep it unless somebody says otherwise. */
  readonly filled: ReadonlySet<string>
  /** What was pasted already. */
  readonly start: string
  readonly onFill: (values: Readonly<Record<string, unknown>>) => void
  readonly onClose: () => void
}

/** A text goes in, what is understood of it stands below field by field; what is ticked goes into the form. */
export function PasteSheet({ entity, known, filled, start, onFill, onClose }: PasteSheetProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(start)
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const card = useMemo(() => readCard(text), [text])
  const fittings = fitCard(entity, known, card)
  // Turned over from what it begins with: ticked where the field is empty.
  const isOn = (name: string): boolean => turned.has(name) === filled.has(name)
  const chosen = fittings.filter(({ field }) => isOn(field.name))
  const left = unfitted(card, fittings)
  const fill = (): void => {
    onFill(Object.fromEntries(chosen.map(({ field, value }) => [field.name, value])))
    onClose()
  }
  return (
    <Sheet
      open
      title={t('paste.title')}
      onClose={onClose}
      width={520}
      footer={
        <div className="row">
          <span className="grow t13 ink-3">{t('paste.nothingStored')}</span>
          <Button type="primary" disabled={chosen.length === 0} onClick={fill}>
            {t('paste.fill', { count: chosen.length })}
          </Button>
        </div>
      }
    >
      <div className="paste">
        <Input.TextArea
          autoFocus
          aria-label={t('paste.text')}
          placeholder={t('paste.example')}
          autoSize={{ minRows: 6, maxRows: 12 }}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <ul className="paste-found" aria-label={t('paste.found')}>
          {fittings.map(({ field, value }) => (
            <li key={field.name}>
              <Checkbox
                checked={isOn(field.name)}
                onChange={() =>
                  setTurned((before) => {
                    const next = new Set(before)
                    if (!next.delete(field.name)) next.add(field.name)
                    return next
                  })
                }
              >
                <span className="paste-line">
                  <span className="t13 ink-3">{field.label}</span>
                  <span>
                    <FieldValue entity={entity} field={field} value={value} compact />
                  </span>
                </span>
              </Checkbox>
            </li>
          ))}
        </ul>
        {text.trim() !== '' && fittings.length === 0 ? (
          <p className="t13 ink-2" role="status">
            {t('paste.none')}
          </p>
        ) : null}
        {left.length === 0 ? null : (
          <div className="t13">
            <span className="ink-3">{t('paste.left')}</span> {left.join(' · ')}
          </div>
        )}
      </div>
    </Sheet>
  )
}
