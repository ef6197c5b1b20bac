import { Input } from 'antd'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'

interface SearchBoxProps {
  /** What is looked for; it stands in the empty box as well. */
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
}

/** Narrows a list while one types. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  return (
    <Input
      className="search-box"
      type="search"
      prefix={<Icon name="search" />}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
