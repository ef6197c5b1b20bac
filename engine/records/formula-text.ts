/** What a spreadsheet takes for the beginning of a formula, in wide characters too. */
const FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/u
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/

/**
 * A text that no spreadsheet runs: an apostrophe before what would be a formula (OWASP, CSV Injection). One that
 * already begins so gets another, so that an import which takes one away finds the text as it was.
 */
export function neutralized(text: string): string {
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
}

const NEUTRALIZED = /^'+[=+\-@＝＋－＠\t\r\n]/u

/** The text that `neutralized` made one of. */
export function unneutralized(cell: string): string {
  return NEUTRALIZED.test(cell) ? cell.slice(1) : cell
}
