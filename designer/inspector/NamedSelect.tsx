import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import {
  Called,
  fittingChoices,
  isWrittenName,
  justTyped,
  type NamedOption,
  namedOptions,
} from './named-options.tsx'
import type { Choice } from './references.ts'

interface NamedSelectProps {
  readonly id?: string
  readonly label?: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly disabled?: boolean
  readonly placeholder?: string
  readonly className?: string
  /** Only what is pressed counts, and nothing else may be written: each adds something. */
  readonly isChosenOnly?: boolean
  /** A plus and words without a frame: one of several beside another. */
  readonly isQuiet?: boolean
  readonly onChange: (value: string) => void
}

/**
 * One of several by what they are called. What nobody is named yet, or what leads through a lookup, may be written as well.
 */
export function NamedSelect(props: NamedSelectProps) {
  const { id, label, value, choices, disabled = false, placeholder, className = 'wide', onChange } = props
  const { isChosenOnly = false, isQuiet = false } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const word = typed.trim()
  const isNew = !isChosenOnly && isWrittenName(word) && !choices.some((one) => one.value === word)
  const offered = namedOptions(choices)
  const options = fittingChoices(choices, typed).map((one) => offered[choices.indexOf(one)]!)
  if (isNew) {
    options.push({ value: word, text: typed, label: t('inspector.asWritten', { name: word }) })
  }
  const search = (text: string): void => {
    setTyped(text)
    const just = justTyped(choices, text)
    if (!isChosenOnly && just !== undefined && just.value !== value) onChange(just.value)
  }
  return (
    <Select<string, NamedOption>
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      className={className}
      disabled={disabled}
      placeholder={placeholder}
      value={value === '' ? (null as unknown as string) : value}
      options={options}
      labelRender={({ value: name }) => {
        const choice = choices.find((one) => one.value === name)
        return choice === undefined ? (
          <span className="mono cut">{name}</span>
        ) : (
          <Called {...{ choice, choices }} />
        )
      }}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: search }}
      onChange={onChange}
      {...(isQuiet
        ? { variant: 'borderless' as const, prefix: <Icon name="plus" />, suffixIcon: null }
        : { suffixIcon: <Icon name="chevron_down" /> })}
    />
  )
}
