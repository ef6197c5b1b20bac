import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../kit/icons/Icon.tsx'
import { useWork } from '../kit/model-context.tsx'
import { referenceOf } from '../values/references.ts'
import { RecordPicker } from './RecordPicker.tsx'
import { usePicking } from './use-picking.ts'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

interface RecordAddress {
  readonly entity: string
  readonly id: string
}

/** One record of one of several entities: which kind first, then which one. */
export function DynamicLookup(props: WidgetProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const value = (typeof props.value === 'object' && props.value !== null ? props.value : undefined) as
    | RecordAddress
    | undefined
  const names = Array.isArray(props.options.to) ? (props.options.to as readonly string[]) : []
  const targets = model.entities.filter((entity) =>
    names.length === 0 ? entity.rights.read : names.includes(entity.name),
  )
  const [picked, setPicked] = useState<string>()
  const entity = value?.entity ?? picked ?? targets[0]?.name ?? ''
  const { canCreate } = usePicking(props)
  const stored = referenceOf(props.context.record?.[props.name])
  return (
    <fieldset className="row dynamic-lookup group" aria-label={props.label}>
      <Select
        aria-label={`${props.label} ${t('lookup.kind')}`}
        className="dynamic-kind"
        disabled={props.readOnly}
        suffixIcon={<Icon name="chevron_down" />}
        value={entity}
        options={targets.map((target) => ({ value: target.name, label: target.label }))}
        onChange={(next) => {
          setPicked(next)
          props.onChange(undefined)
        }}
      />
      <RecordPicker
        key={entity}
        entity={entity}
        canCreate={canCreate}
        aria={ariaOf(props)}
        clears={props.label}
        status={statusOf(props)}
        autoFocus={props.autoFocus}
        disabled={props.readOnly}
        clearable={!props.required}
        known={stored === undefined ? [] : [stored]}
        value={value?.id}
        onChange={(id) => props.onChange(id === undefined ? undefined : { entity, id })}
      />
    </fieldset>
  )
}
