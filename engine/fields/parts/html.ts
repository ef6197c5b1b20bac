import sanitizeHtml from 'sanitize-html'
import type { ValueFault } from '../../registry/field-type.ts'

/** What rich text is made of: what an editor's toolbar offers, nothing that runs, loads or covers the page. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'strong', 'b', 'em', 'i', 'u', 's', 'sub', 'sup']
      .concat(['mark', 'small', 'code', 'pre', 'blockquote', 'ul', 'li', 'div', 'span', 'thead', 'tbody'])
      .concat(['tfoot', 'tr', 'caption', 'figure', 'figcaption', 'dl', 'dt', 'dd', 'del', 'ins', 'table'])
      .map((element) => [element, []]),
  ),
  ol: ['start'],
  a: ['href', 'title', 'target', 'rel'],
  img: ['src', 'alt', 'title', 'width', 'height'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
}

const LINK = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i
/** Pictures come from this server alone: one from elsewhere tells its owner who reads the record and when. */
const PICTURE = /^\/api\/files\/[0-9a-f-]{36}$/i
/** Declarations, comments, CDATA and processing instructions: parsers end them in different places. */
const DECLARATION = /<[!?]/

/**
 * Why a rich text is refused, naming the element or attribute, or undefined. It is stored as sent, so what is
 * not allowed is refused rather than cut out: nothing that was written is lost without a word.
 */
export function htmlFault(html: string): ValueFault | undefined {
  if (DECLARATION.test(html)) return elementFault('<!')
  const faults: ValueFault[] = []
  const note = (fault: ValueFault | undefined) => {
    if (fault !== undefined) faults.push(fault)
  }
  // Called for what it meets on the way; its result is the text with the unknown cut out, which is not wanted.
  sanitizeHtml(html, {
    allowedTags: Object.keys(ATTRIBUTES),
    allowedAttributes: false,
    transformTags: {
      '*': (tagName, attribs) => {
        note(tagFault(tagName, attribs))
        return { tagName, attribs }
      },
    },
  })
  return faults[0]
}

function tagFault(element: string, attributes: Readonly<Record<string, string>>): ValueFault | undefined {
  const allowed = Object.hasOwn(ATTRIBUTES, element) ? ATTRIBUTES[element] : undefined
  if (allowed === undefined) return elementFault(element)
  const bad = Object.entries(attributes).find(
    ([name, value]) => !allowed.includes(name) || !isSafe(name, value),
  )
  if (bad === undefined) return undefined
  return { code: 'FIELD_HTML_ATTRIBUTE', params: { element, name: bad[0].slice(0, 60) } }
}

function isSafe(attribute: string, value: string): boolean {
  if (attribute === 'href') return LINK.test(value)
  return attribute !== 'src' || PICTURE.test(value)
}

function elementFault(name: string): ValueFault {
  return { code: 'FIELD_HTML_ELEMENT', params: { name: name.slice(0, 60) } }
}

/** The words of an HTML text, without its elements. */
export function textOfHtml(html: string): string {
  const spaced = html.replace(/<(?:\/(?:p|div|li|h[1-6]|td|th|tr|dt|dd|blockquote|pre)|br)\b/gi, ' $&')
  return sanitizeHtml(spaced, { allowedTags: [], allowedAttributes: {} }).replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: keyof typeof ENTITIES) => ENTITIES[name],
  )
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" } as const
