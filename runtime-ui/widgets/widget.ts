import type { ComponentType } from 'react'
import { textIn } from '../../metadata/text.ts'
import type { Entity, Option, RecordData } from '../api/types.ts'
import type { UiLanguage } from '../kit/remembered.ts'

/** What a widget may know of the form that it stands in. */
export interface WidgetContext {
  readonly entity: Entity | undefined
  /** The stored record of an edit, lookups expanded where known; null while creating. */
  readonly record: RecordData | null
  /** Tells the form that what is typed is no value yet (broken JSON); undefined when it is mended. */
  readonly setFault: (field: string, message: string | undefined) => void
  /** Whether what a reference needs may be made in place, where no whole form stands open. */
  readonly canCreate?: boolean
  /** Any widget by its name, for widgets that hold others. */
  readonly WidgetByName: ComponentType<WidgetProps & { readonly widget: string }>
}

export interface WidgetProps {
  /** Of the control; the label points to it. */
  readonly id: string
  /** The field's name. */
  readonly name: string
  readonly label: string
  /** Undefined where there is none. */
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** `ui:options` of the field's form part. */
  readonly options: Readonly<Record<string, unknown>>
  readonly readOnly: boolean
  readonly required: boolean
  readonly invalid: boolean
  /** The id of the element that holds help and problems. */
  readonly describedBy: string | undefined
  readonly autoFocus: boolean
  readonly context: WidgetContext
}

export type Widget = ComponentType<WidgetProps>

/** The attributes that tell assistive technology what the label and the problem say. */
export function ariaOf(props: WidgetProps) {
  return {
    id: props.id,
    'aria-invalid': props.invalid || undefined,
    'aria-required': props.required || undefined,
    ...(props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy }),
  } as const
}

/** antd's own mark of a problem. */
export const statusOf = (props: WidgetProps): '' | 'error' => (props.invalid ? 'error' : '')

export const textOfValue = (value: unknown): string => (typeof value === 'string' ? value : '')

/** An empty text is no value: the field is cleared. */
export const valueOfText = (text: string): string | undefined => (text === '' ? undefined : text)

interface RawOption extends Omit<Option, 'label'> {
  readonly label: Parameters<typeof textIn>[0]
}

/** The options of a choice, with labels in the page's language. */
export function choicesOf(
  options: Readonly<Record<string, unknown>>,
  language: UiLanguage,
): readonly Option[] {
  const list = Array.isArray(options.options) ? (options.options as readonly RawOption[]) : []
  return list.map((option) => ({
    name: option.name,
    label: textIn(option.label, language, option.name),
    ...(option.color === undefined ? {} : { color: option.color }),
    ...(option.under === undefined ? {} : { under: option.under }),
  }))
}

/** What a box says while it is empty. */
export function placeholderOf({ options }: Pick<WidgetProps, 'options'>): string | undefined {
  return typeof options.placeholder === 'string' ? options.placeholder : undefined
}
