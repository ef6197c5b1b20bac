/** What takes the focus in a place: what one types into before what one presses, such as the help. */
const CONTROLS = ['input:not([disabled]), textarea:not([disabled])', 'button:not([disabled])']

/**
 * Puts the focus into a place, in which somebody is about to go on.
 * @param language the one that is meant of a text in several
 */
export function focusIn(place: Element | undefined, language?: string): void {
  const spoken = language === undefined ? [] : [`:is(input, textarea)[lang="${CSS.escape(language)}"]`]
  const control = [...spoken, ...CONTROLS]
    .map((one) => place?.querySelector<HTMLElement>(one))
    .find((one) => one != null)
  control?.focus({ preventScroll: true })
}
