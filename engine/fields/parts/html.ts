import type sanitizeHtml from 'sanitize-html'
import { isRichTextAttribute, RICH_TEXT_ELEMENTS } from '../../../metadata/rich-text.ts'
import { lazyPackage } from '../../lazy-package.ts'
import type { ValueFault } from '../../registry/field-type.ts'

const sanitizer = lazyPackage<typeof sanitizeHtml>('sanitize-html')

/** Declarations, comments, CDATA and processing instructions: parsers end them in different places. */
const DECLARATION = /<[!?]/
const QUOTED_LENGTH = 60

/**
 * Why a rich text is refused, naming the element or attribute, or undefined. It is stored as sent, so what is
 * not allowed is refused rather than cut out: nothing that was written is lost without a word.
 */
export function htmlFault(html: string): ValueFault | undefined {
  if (DECLARATION.test(html)) return elementFault('<!')
  let first: ValueFault | undefined
  // Called for what it meets on the way; its result, the text with the unknown cut out, is not wanted.
  sanitizer()(html, {
    allowedTags: Object.keys(RICH_TEXT_ELEMENTS),
    allowedAttributes: false,
    transformTags: {
      '*': (tagName, attribs) => {
        first ??= tagFault(tagName, attribs)
        return { tagName, attribs }
      },
    },
  })
  return first
}

function tagFault(element: string, attributes: Readonly<Record<string, string>>): ValueFault | undefined {
  const allowed = Object.hasOwn(RICH_TEXT_ELEMENTS, element) ? RICH_TEXT_ELEMENTS[element] : undefined
  if (allowed === undefined) return elementFault(element)
  const bad = Object.entries(attributes).find(
    ([name, value]) => !allowed.includes(name) || !isRichTextAttribute(name, value),
  )
  if (bad === undefined) return undefined
  return { code: 'FIELD_HTML_ATTRIBUTE', params: { element, name: bad[0].slice(0, QUOTED_LENGTH) } }
}

function elementFault(name: string): ValueFault {
  return { code: 'FIELD_HTML_ELEMENT', params: { name: name.slice(0, QUOTED_LENGTH) } }
}

const BLOCK_END = /<(?:\/(?:p|div|li|h[1-6]|td|th|tr|blockquote|pre)|[bh]r)\b/gi
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** The words of an HTML text, without its elements. @param between what parts blocks */
export function textOfHtml(html: string, between: ' ' | '\n' = ' '): string {
  const text = sanitizer()(html.replace(BLOCK_END, `${between}$&`), {
    allowedTags: [],
    allowedAttributes: {},
  })
  return text.replace(/&(amp|lt|gt|quot);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
