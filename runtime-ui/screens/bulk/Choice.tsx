import { useEffect, useRef } from 'react'

interface ChoiceProps {
  readonly label: string
  readonly checked: boolean
  /** Some of what it stands for are chosen. */
  readonly partly?: boolean
  /** @param range with all from the one before */
  readonly onChange: (range: boolean) => void
}

/** The box by which a row is chosen; the whole cell takes the press. */
export function Choice({ label, checked, partly = false, onChange }: ChoiceProps) {
  const box = useRef<HTMLInputElement>(null)
  const range = useRef(false)
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = partly && !checked
  }, [partly, checked])
  return (
    <label
      className="choice"
      onPointerDown={(event) => {
        range.current = event.shiftKey
      }}
    >
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={() => {
          onChange(range.current)
          range.current = false
        }}
      />
    </label>
  )
}
