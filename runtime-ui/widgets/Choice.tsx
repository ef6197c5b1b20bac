import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getOptions } from '../api/forms.ts'
import { FormStateContext } from '../forms/form-state.ts'
import { Chip } from '../kit/Chip.tsx'
import { clearing } from '../kit/clearing.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { useLanguage } from '../kit/model-context.tsx'
import { useOptionLabel } from '../values/option-labels.ts'
import { ariaOf, choicesOf, placeholderOf, statusOf, type WidgetProps } from './widget.ts'

/** As in lists: a tint for each of a handful of options, none for more. */
const MOST_TINTS = 6

/** One of the options; typing narrows a long list, and so does what is chosen above it. */
export function Choice(props: WidgetProps) {
  const { t } = useTranslation()
  const { choices, search } = useChoices(props)
  return (
    <Select
      {...ariaOf(props)}
      className="wide"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      defaultOpen={props.options.open === true}
      disabled={props.readOnly}
      allowClear={!props.required && clearing(t('act.clearOf', { title: props.label }))}
      showSearch={
        search === undefined ? { optionFilterProp: 'text' } : { filterOption: false, onSearch: search }
      }
      suffixIcon={<Icon name="chevron_down" />}
      placeholder={placeholderOf(props)}
      value={typeof props.value === 'string' ? props.value : undefined}
      options={choices.map(({ name, label, color }) => ({
        value: name,
        text: label,
        label:
          color === undefined || choices.length > MOST_TINTS ? label : <Chip colour={color}>{label}</Chip>,
      }))}
      onChange={(next: string | undefined) => props.onChange(next)}
    />
  )
}

/** What may be chosen now; `search` where the server has more than it sent. */
function useChoices(props: WidgetProps) {
  const language = useLanguage()
  const state = useContext(FormStateContext)
  const [q, setQ] = useState('')
  const { dependsOn, asked } = props.options as { readonly dependsOn?: string; readonly asked?: boolean }
  const above = dependsOn === undefined ? undefined : state.data[dependsOn]
  const under = typeof above === 'string' ? above : undefined
  const isAsked = asked === true && (dependsOn === undefined || under !== undefined)
  const { data = [] } = useQuery({
    queryKey: ['form-options', state.entity, props.name, under, q, language],
    queryFn: () => getOptions(state.entity, props.name, { under, q: q === '' ? undefined : q }),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => (under === undefined ? previous : undefined),
  })
  const known = useOptionLabel(state.entity, props.name, asked === true ? props.value : undefined)
  if (asked === true) {
    const isListed = data.some(({ name }) => name === props.value)
    return { choices: isListed || known === undefined ? data : [known, ...data], search: setQ }
  }
  const choices = choicesOf(props.options, language)
  const fitting = choices.filter((option) => option.under === undefined || option.under === under)
  return { choices: dependsOn === undefined ? choices : fitting, search: undefined }
}
