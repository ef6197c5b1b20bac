import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Called, fittingChoices, isWrittenName, type NamedOption, namedOptions } from './named-options.tsx'
import type { Choice } from './references.ts'

interface NamedManySelectProps {
  readonly id?: string
  readonly label?: string
  readonly value: readonly string[]
  readonly choices: readonly Choice[]
  readonly disabled: boolean
  readonly autoFocus?: boolean | undefined
  readonly onChange: (value: readonly string[]) => void
}

/**
 * Several by what they are called: Enter takes what fits best what is typed, not the letters themselves. What nobody is named
 * yet, or what leads through a lookup, may be written as well.
 */
export function NamedManySelect(props: NamedManySelectProps) {
  const { id, label, value, choices, disabled, autoFocus = false, onChange } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const word = typed.trim()
  const offered = namedOptions(choices)
  const options = fittingChoices(choices, typed).map((one) => offered[choices.indexOf(one)]!)
  if (isWrittenName(word) && !choices.some((one) => one.value === word))
    options.push({ value: word, text: word, label: t('inspector.asWritten', { name: word }) })
  return (
    <Select<string[], NamedOption>
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      className="wide"
      mode="multiple"
      autoFocus={autoFocus}
      disabled={disabled}
      value={[...value]}
      options={options}
      labelRender={({ value: name }) => {
        const choice = choices.find((one) => one.value === name)
        return choice === undefined ? String(name) : <Called {...{ choice, choices }} />
      }}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      onChange={(next) => {
        setTyped('')
        onChange(next)
      }}
      suffixIcon={<Icon name="chevron_down" />}
    />
  )
}
