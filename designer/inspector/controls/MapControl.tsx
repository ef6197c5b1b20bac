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
import { parseJson } from './JsonControl.tsx'

/** Values by name, such as what a step sets in a record: plain texts and numbers as they are, rules as they are written. */
export function MapControl({ path, value, title }: ControlProps) {
  const { t } = useTranslation()
  const { kind, name, definition, readOnly, set } = useInspected()
  const fields = useFieldChoices(entityAround(kind, name, useReadable()(kind, definition), path)) ?? []
  const [added, setAdded] = useState<string>()
  const entries = Object.entries(isObject(value) ? value : {})
  const put = (key: string, text: string): void => set([...path, key], readValue(text))
  const add = (key: string): void => {
    if (key === '' || entries.some(([known]) => known === key)) return
    set([...path, key], '')
    setAdded(undefined)
  }
  return (
    <div className="map-control">
      {entries.map(([key, one]) => (
        <div key={key} className="row map-entry">
          <span className="mono cut map-key">
            {fields.find((field) => field.value === key)?.label ?? key}
          </span>
          <Input
            aria-label={`${title}: ${key}`}
            disabled={readOnly}
            className={typeof one === 'string' ? '' : 'mono-input'}
            value={typeof one === 'string' ? one : JSON.stringify(one)}
            onChange={(event) => put(key, event.target.value)}
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

/** Numbers, yes and no, rules and lists are read as such; everything else is text. */
function readValue(text: string): unknown {
  const isWritten = /^(true|false|null|-?\d+(\.\d+)?|[[{].*)$/s.test(text.trim())
  const read = isWritten ? parseJson(text) : undefined
  return read === undefined ? text : read.value
}
