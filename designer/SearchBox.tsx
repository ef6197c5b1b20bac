import { SearchField } from '../runtime-ui/kit/SearchField.tsx'

interface SearchBoxProps {
  /** What is looked for; it stands in the empty box as well. */
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
}

/** Narrows a list while one types. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  return <SearchField {...{ label, value }} onChange={(event) => onChange(event.target.value)} />
}
