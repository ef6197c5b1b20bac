import { element } from './element.ts'
import type { Tell } from './texts.ts'
import type { FormField } from './types.ts'

/** One field of the page. */
export interface FieldBox {
  readonly field: FormField
  readonly node: HTMLElement
  /** As it is sent; undefined where nothing is said. */
  value(): unknown
  show(isShown: boolean): void
  /** Marks it as asked for. */
  require(isRequired: boolean): void
  /** Says what is wrong; '' takes it back. */
  blame(message: string): void
  /** Offers only the options that stand under this one. */
  narrow(under: unknown): void
  focus(): void
}

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** What a field is made of, by kind of control. */
interface Made {
  readonly inputs: readonly Input[]
  readonly body: HTMLElement
  value(): unknown
  narrow?(under: unknown): void
}

/** Of so few options all are seen at once. */
const MOST_RADIOS = 5

export function fieldBox(field: FormField, tell: Tell): FieldBox {
  const id = `f-${field.name}`
  const mark = element('span', { class: 'must', hidden: true }, ` (${tell('required')})`)
  const help =
    field.help === undefined ? undefined : element('p', { class: 'help', id: `${id}-help` }, field.help)
  const fault = element('p', { class: 'fault', id: `${id}-fault`, hidden: true })
  const made = makeControl(field, id, tell)
  const node = frame(field, id, { mark, help, fault, made })
  const described = [...(help === undefined ? [] : [help.id]), fault.id].join(' ')
  for (const input of made.inputs) input.setAttribute('aria-describedby', described)
  return {
    field,
    node,
    value: made.value,
    show: (isShown) => {
      node.hidden = !isShown
    },
    require(isRequired) {
      mark.hidden = !isRequired
      if (isGroup(field)) return
      for (const input of made.inputs) input.setAttribute('aria-required', String(isRequired))
    },
    blame(message) {
      fault.textContent = message
      fault.hidden = message === ''
      for (const input of made.inputs) {
        if (message === '') input.removeAttribute('aria-invalid')
        else input.setAttribute('aria-invalid', 'true')
      }
    },
    narrow: (under) => made.narrow?.(under),
    focus: () => made.inputs[0]?.focus(),
  }
}

function isGroup({ control, options = [], dependsOn }: FormField): boolean {
  if (control === 'many') return true
  return control === 'one' && options.length <= MOST_RADIOS && dependsOn === undefined
}

interface Parts {
  readonly mark: HTMLElement
  readonly help: HTMLElement | undefined
  readonly fault: HTMLElement
  readonly made: Made
}

function frame(field: FormField, id: string, { mark, help, fault, made }: Parts): HTMLElement {
  const below = help === undefined ? [fault] : [help, fault]
  if (isGroup(field)) {
    const legend = element('legend', {}, field.label, mark)
    return element('fieldset', { class: 'field', 'data-field': field.name }, legend, made.body, ...below)
  }
  if (field.control === 'yes') {
    const label = element('label', { class: 'choice' }, made.body, element('span', {}, field.label, mark))
    return element('div', { class: 'field', 'data-field': field.name }, label, ...below)
  }
  const label = element('label', { for: id }, field.label, mark)
  return element('div', { class: 'field', 'data-field': field.name }, label, made.body, ...below)
}

function makeControl(field: FormField, id: string, tell: Tell): Made {
  if (isGroup(field)) return makeGroup(field, id)
  if (field.control === 'one') return makeSelect(field, id, tell)
  if (field.control === 'yes') {
    const input = element('input', { type: 'checkbox', id, name: field.name })
    return { inputs: [input], body: input, value: () => (input.checked ? true : undefined) }
  }
  if (field.control === 'long_text') {
    const input = element('textarea', { id, name: field.name, rows: '5', maxlength: maxOf(field) })
    return { inputs: [input], body: input, value: () => said(input.value) }
  }
  return makeLine(field, id)
}

function maxOf({ max }: FormField): string | undefined {
  return max === undefined ? undefined : String(max)
}

function said(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim()
}

const LINES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  text: { type: 'text' },
  email: { type: 'email', autocomplete: 'email', inputmode: 'email' },
  phone: { type: 'tel', autocomplete: 'tel', inputmode: 'tel' },
  url: { type: 'url', autocomplete: 'url', inputmode: 'url' },
  number: { type: 'text', inputmode: 'decimal' },
  date: { type: 'date' },
  date_time: { type: 'datetime-local' },
}

/** What browsers fill in by themselves. */
const FILLED: Readonly<Record<string, string>> = {
  ...{ name: 'name', company: 'organization', job_title: 'organization-title' },
  ...{ city: 'address-level2', birthday: 'bday' },
}

function makeLine(field: FormField, id: string): Made {
  const filled = FILLED[field.name]
  const input = element('input', {
    ...{ id, name: field.name, maxlength: maxOf(field) },
    ...(filled === undefined ? {} : { autocomplete: filled }),
    ...LINES[field.control],
  })
  return { inputs: [input], body: input, value: () => lineValue(field, input.value) }
}

/** A number as one where it is one, a local time as an instant; what is neither goes as it was written. */
function lineValue({ control }: FormField, text: string): unknown {
  const written = said(text)
  if (written === undefined) return undefined
  if (control === 'number') {
    const plain = written.replace(/[\s,，]/g, '')
    return /^-?\d{1,15}(\.\d{1,10})?$/.test(plain) ? Number(plain) : written
  }
  if (control === 'date_time') {
    const at = new Date(written)
    return Number.isNaN(at.getTime()) ? written : at.toISOString()
  }
  return written
}

function makeGroup({ control, name, options = [] }: FormField, id: string): Made {
  const type = control === 'many' ? 'checkbox' : 'radio'
  const inputs = options.map((option, index) =>
    element('input', { type, name, value: option.name, id: index === 0 ? id : `${id}-${index}` }),
  )
  const choices = options.map((option, index) =>
    element('label', { class: 'choice' }, inputs[index]!, element('span', {}, option.label)),
  )
  const value = () => {
    const chosen = inputs.filter(({ checked }) => checked).map((input) => input.value)
    if (chosen.length === 0) return undefined
    return control === 'many' ? chosen : chosen[0]
  }
  return { inputs, body: element('div', { class: 'choices' }, ...choices), value }
}

function makeSelect({ name, options = [] }: FormField, id: string, tell: Tell): Made {
  const input = element('select', { id, name })
  const fill = (under: unknown) => {
    const chosen = input.value
    const fits = options.filter(
      (option) => option.under === undefined || under === null || option.under === under,
    )
    input.replaceChildren(
      element('option', { value: '' }, tell('pick')),
      ...fits.map((option) => element('option', { value: option.name }, option.label)),
    )
    input.value = fits.some((option) => option.name === chosen) ? chosen : ''
  }
  fill(null)
  return { inputs: [input], body: input, value: () => said(input.value), narrow: fill }
}
