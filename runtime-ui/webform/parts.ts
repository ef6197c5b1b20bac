import { element } from './element.ts'
import { type FieldBox, fieldBox } from './field-box.ts'
import type { Tell } from './texts.ts'
import type { FormPage } from './types.ts'

/** The parts of the form in the page. */
export interface FormParts {
  readonly form: HTMLFormElement
  readonly boxes: readonly FieldBox[]
  readonly consent: HTMLInputElement | undefined
  readonly consentFault: HTMLElement
  /** No person sees it. */
  readonly trap: HTMLInputElement
  readonly button: HTMLButtonElement
  readonly notice: HTMLElement
}

export function formParts(page: FormPage, tell: Tell): FormParts {
  const boxes = page.fields.map((field) => fieldBox(field, tell))
  const consentFault = element('p', { class: 'fault', id: 'consent-fault', hidden: true })
  const consent =
    page.consent === undefined
      ? undefined
      : element('input', { type: 'checkbox', id: 'consent', 'aria-describedby': consentFault.id })
  const trap = element('input', { type: 'text', id: 'fax-number', tabindex: '-1', autocomplete: 'off' })
  const button = element('button', { type: 'submit' }, page.submit ?? tell('submit'))
  const notice = element('p', { class: 'notice', role: 'alert', hidden: true })
  const form = element(
    'form',
    { novalidate: true },
    ...boxes.map(({ node }) => node),
    ...consentNodes(page, consent, consentFault, tell),
    element('div', { class: 'trap', 'aria-hidden': 'true' }, element('label', { for: trap.id }, 'Fax'), trap),
    notice,
    button,
  )
  return { form, boxes, consent, consentFault, trap, button, notice }
}

function consentNodes(
  { consent: said }: FormPage,
  input: HTMLInputElement | undefined,
  fault: HTMLElement,
  tell: Tell,
): readonly HTMLElement[] {
  if (said === undefined || input === undefined) return []
  const words = element('span', {}, said.text)
  const label = element('label', { class: 'choice', for: input.id }, input, words)
  const more =
    said.address === undefined
      ? []
      : [element('a', { href: said.address, target: '_blank', rel: 'noopener noreferrer' }, tell('more'))]
  return [element('div', { class: 'field consent' }, label, ...more, fault)]
}
