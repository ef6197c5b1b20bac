import type { ReactNode } from 'react'
import type { Choice } from './references.ts'

/** What may be named, as a list offers it: found by what it is called and by its name. */
export interface NamedOption {
  readonly value: string
  readonly label: ReactNode
  readonly text: string
}

/** By what each is called; where two are called the same, the name tells them apart. */
export function namedOptions(choices: readonly Choice[]): NamedOption[] {
  return choices.map((choice) => ({
    value: choice.value,
    text: `${choice.label} ${choice.value}`.toLowerCase(),
    label: <Called {...{ choice, choices }} />,
  }))
}

/** What a name stands for, as a control shows it that has chosen it; the name itself where nobody has that name. */
export function Called({
  choice,
  choices,
}: {
  readonly choice: Choice
  readonly choices: readonly Choice[]
}) {
  return (
    <span className="row option-choice">
      <span className="cut">{choice.label}</span>
      {isCalledTwice(choice, choices) ? <span className="mono t12 ink-3 cut">{choice.value}</span> : null}
    </span>
  )
}

export const isCalledTwice = ({ value, label }: Choice, choices: readonly Choice[]): boolean =>
  choices.some((other) => other.label === label && other.value !== value)

export const matchesNamed = (typed: string, option: NamedOption | undefined): boolean =>
  option?.text.includes(typed.trim().toLowerCase()) === true

/** What fits what is typed, what is called or named just so first. */
export function fittingChoices(choices: readonly Choice[], typed: string): readonly Choice[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return choices
  const isJust = ({ value, label }: Choice): boolean => value === wanted || label.toLowerCase() === wanted
  return choices
    .filter(({ value, label }) => `${label} ${value}`.toLowerCase().includes(wanted))
    .toSorted((one, other) => Number(isJust(other)) - Number(isJust(one)))
}

/** The one that is named or, alone, called as is typed. */
export function justTyped(choices: readonly Choice[], typed: string): Choice | undefined {
  const named = choices.find(({ value }) => value === typed.trim())
  const called = choices.filter(({ label }) => label === typed.trim())
  return named ?? (called.length === 1 ? called[0] : undefined)
}

/** Names, and names through lookups: `account.city`. */
const NAME = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$/

/** Whether it can stand as it is written, whether anything is named so or not. */
export const isWrittenName = (word: string): boolean => NAME.test(word)
