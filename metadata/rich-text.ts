/**
 * What rich text is made of, for the server that stores it, the editor that writes it and the page that shows it:
 * what a toolbar offers, nothing that runs, loads from elsewhere or covers the page. Elements with their attributes.
 */
export const RICH_TEXT_ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  p: [],
  div: [],
  span: [],
  br: [],
  hr: [],
  strong: [],
  b: [],
  em: [],
  i: [],
  u: [],
  s: [],
  del: [],
  sub: [],
  sup: [],
  mark: [],
  code: [],
  pre: [],
  blockquote: [],
  ul: [],
  ol: ['start'],
  li: [],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  a: ['href', 'title', 'target', 'rel'],
  img: ['src', 'alt', 'title', 'width', 'height'],
}

const LINK = /^(?:https?:\/\/|mailto:|tel:|\/(?![/\\])|#)/i
/** Pictures come from this server alone: one from elsewhere tells its owner who reads the record and when. */
const PICTURE = /^\/api\/files\/[0-9a-f-]{36}$/i

/** Whether a value may stand in an attribute of rich text; the attribute itself is allowed by the table above. */
export function isRichTextAttribute(attribute: string, value: string): boolean {
  if (attribute === 'href') return LINK.test(value)
  return attribute !== 'src' || PICTURE.test(value)
}
