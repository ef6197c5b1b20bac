import { AutoComplete } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { isObject, valueAt } from '../../store/json-value.ts'
import type { ControlProps } from '../Control.tsx'
import { faultCode, faultsToAdd, faultWord } from '../fault-word.ts'
import { useInspected } from '../inspected.ts'

/**
 * What is done instead of a step that fails, by what went wrong. A new way ends the flow until there are other steps in it,
 * which the picture shows and takes.
 */
export function FaultWaysControl({ path, value, title }: ControlProps) {
  const { t } = useTranslation()
  const { definition, readOnly, set } = useInspected()
  const [typed, setTyped] = useState<string>()
  const step = valueAt(definition, path.slice(0, -1))
  const ways = Object.entries(isObject(value) ? value : {})
  const options = faultsToAdd(step).map((code) => ({ value: code, label: faultWord(t, code) }))
  const own = typed === undefined ? undefined : faultCode(typed)
  const add = (code: string | undefined): void => {
    setTyped(undefined)
    if (code !== undefined && !ways.some(([known]) => known === code)) set([...path, code], [{ do: 'stop' }])
  }
  return (
    <div className="map-control">
      <ul aria-label={title} className="fault-ways">
        {ways.map(([code, steps]) => (
          <li key={code} className="row map-entry">
            <span className="grow t13">{faultWord(t, code)}</span>
            <span className="t12 ink-3">
              {t('steps.count', { count: Array.isArray(steps) ? steps.length : 0 })}
            </span>
            {readOnly ? null : (
              <IconButton
                size="small"
                label={t('inspector.leaveOut', { title: faultWord(t, code) })}
                icon={<Icon name="close" />}
                onClick={() => set([...path, code], undefined)}
              />
            )}
          </li>
        ))}
      </ul>
      {readOnly ? null : typed === undefined ? (
        <Button type="text" size="small" icon={<Icon name="plus" />} onClick={() => setTyped('')}>
          {t('steps.fault.add')}
        </Button>
      ) : (
        <AutoComplete
          className="wide"
          autoFocus
          defaultOpen
          aria-label={t('steps.fault.which')}
          placeholder={t('steps.fault.which')}
          value={typed}
          options={options}
          showSearch={{ filterOption: (words, option) => String(option?.label).includes(words.trim()) }}
          onChange={setTyped}
          onSelect={add}
          onBlur={() => add(own)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && own !== undefined) add(own)
          }}
        />
      )}
    </div>
  )
}
