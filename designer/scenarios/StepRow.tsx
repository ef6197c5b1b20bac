import { Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Named } from '../store/use-names.ts'

export const ARROW = { suffixIcon: <Icon name="chevron_down" /> }

/** One line of a step's form: what it says, and by what. */
export function Row({
  label,
  children,
}: {
  readonly label: string
  readonly children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div className="property">
      <label className="t13 property-title" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  )
}

interface ChooseProps {
  readonly id: string
  readonly value: string
  readonly options: readonly Named[]
  readonly readOnly: boolean
  readonly onChange: (value: string) => void
}

/** One of what is there, by its label; an empty text is nothing yet. */
export function Choose({ id, value, options, readOnly, onChange }: ChooseProps) {
  return (
    <Select<string>
      id={id}
      className="wide"
      disabled={readOnly}
      showSearch={{ optionFilterProp: 'label' }}
      value={value === '' ? null : value}
      options={[...options]}
      onChange={onChange}
      {...ARROW}
    />
  )
}
