import { AutoComplete, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { isObject } from '../../store/json-value.ts'
import type { ControlProps } from '../Control.tsx'
import { useInspected } from '../inspected.ts'
import { matchesNamed, namedOptions } from '../named-options.tsx'
import { entityAround, useFieldChoices } from '../references.ts'
import { useReadable } from '../use-readable.ts'
import { useRested } from '../use-rested.ts'
import { readValue, writtenValue } from '../value-text.ts'

/** Values by name, such as what a call sends: plain texts and numbers as they are, what is worked out behind a =. */
export function MapControl({ path, value, title }: ControlProps) {
  const { t } = useTranslation()
  const { kind, name, definition, readOnly, set } = useInspected()
  const fields = useFieldChoices(entityAround(kind, name, useReadable()(kind, definition), path)) ?? []
  const [added, setAdded] = useState<string>()
  const entries = Object.entries(isObject(value) ? value : {})
  const add = (key: string): void => {
    if (key === '' || entries.some(([known]) => known === key)) return
    set([...path, key], '')
    setAdded(undefined)
  }
  return (
    <div className="map-control">
      {entries.length === 0 || readOnly ? null : <p className="t12 ink-3">{t('inspector.mapHelp')}</p>}
      {entries.map(([key, one]) => (
        <div key={key} className="row map-entry">
          <span className="mono cut map-key">
            {fields.find((field) => field.value === key)?.label ?? key}
          </span>
          <ValueInput
            label={`${title}: ${key}`}
            value={one}
            readOnly={readOnly}
            onChange={(next) => set([...path, key], next)}
          />
          {readOnly ? null : (
            <IconButton
              size="small"
              label={t('inspector.leaveOut', { title: key })}
              icon={<Icon name="close" />}
              onClick={() => set([...path, key], undefined)}
            />
          )}
        </div>
      ))}
      {readOnly ? null : added === undefined ? (
        <Button type="text" size="small" icon={<Icon name="plus" />} onClick={() => setAdded('')}>
          {t('inspector.addEntry')}
        </Button>
      ) : (
        <AutoComplete
          className="wide"
          autoFocus
          aria-label={t('inspector.entryName')}
          value={added}
          options={namedOptions(fields)}
          showSearch={{ filterOption: matchesNamed }}
          onChange={setAdded}
          onSelect={add}
          onBlur={() => add(added)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add(added)
          }}
        />
      )}
    </div>
  )
}

interface ValueInputProps {
  readonly label: string
  readonly value: unknown
  readonly readOnly: boolean
  readonly onChange: (value: unknown) => void
}

/** One value; a formula is stored once it can be read. */
function ValueInput({ label, value, readOnly, onChange }: ValueInputProps) {
  const [text, setText] = useState<string>()
  const isFaulty = useRested(text !== undefined && readValue(text) === undefined, 300)
  return (
    <Input
      aria-label={label}
      disabled={readOnly}
      className={typeof value === 'string' ? '' : 'mono-input'}
      status={isFaulty ? 'error' : ''}
      value={text ?? writtenValue(value)}
      onChange={({ target }) => {
        setText(target.value)
        const read = readValue(target.value)
        if (read !== undefined) onChange(read.value)
      }}
      onBlur={() => isFaulty || setText(undefined)}
    />
  )
}
