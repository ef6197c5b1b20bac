/** What formatted text may consist of. */
export const ALLOWED_TAGS: ReadonlySet<string> = new Set([
  'a',
  'b',
  'blockquote',
  'br',
  'code',
  'del',
  'div',
  'em',
  'h1',
  'h2',
  'h3',
  'h4',
  'hr',
  'i',
  'li',
  'ol',
  'p',
  'pre',
  's',
  'span',
  'strong',
  'sub',
  'sup',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'u',
  'ul',
])

/** An address that may be opened from a text; undefined for all others (javascript:, data:). */
export function safeHref(href: string | null): string | undefined {
  return href !== null && /^(https?:|mailto:|tel:)/i.test(href.trim()) ? href.trim() : undefined
}
