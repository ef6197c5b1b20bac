import type { RecordRules } from '../../metadata/rules/record-rules.ts'

export interface FormField {
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly control:
    | 'text'
    | 'long_text'
    | 'email'
    | 'phone'
    | 'url'
    | 'number'
    | 'date'
    | 'date_time'
    | 'yes'
    | 'one'
    | 'many'
  readonly required: boolean
  readonly max?: number
  readonly options?: readonly { readonly name: string; readonly label: string; readonly under?: string }[]
  readonly dependsOn?: string
}

/** What the page says by itself. */
export type TextKey =
  | 'submit'
  | 'sending'
  | 'required'
  | 'pick'
  | 'missing'
  | 'agree'
  | 'more'
  | 'offline'
  | 'wrong'
  | 'tooLong'
  | 'tooShort'
  | 'tooSmall'
  | 'tooLarge'
  | 'number'
  | 'preview'
  | 'checked'
  | 'faults'

/** A web form as the server describes it. */
export interface FormPage {
  readonly name: string
  readonly title: string
  readonly language: string
  readonly texts: Readonly<Record<TextKey, string>>
  readonly intro?: string
  readonly fields: readonly FormField[]
  readonly rules: RecordRules
  readonly consent?: { readonly text: string; readonly address?: string; readonly required: boolean }
  readonly submit?: string
  readonly parameters: readonly string[]
  readonly today: string
  readonly time_zone: string
  readonly validator: string
  readonly closed: string | null
  readonly ticket: string | null
}

export type Answers = Readonly<Record<string, unknown>>

export interface FieldProblem {
  /** The field's name; `consent`; '' for the form as a whole. */
  readonly at: string
  readonly message: string
}
