import { ALLOWED_TAGS, safeHref } from './rich-text-rules.ts'

/** The nodes of formatted text with nothing but known tags and safe links; parsed without running anything. */
export function cleanedHtml(html: string): readonly Node[] {
  const body = new DOMParser().parseFromString(html, 'text/html').body
  return [...body.childNodes].flatMap(cleaned)
}

function cleaned(node: Node): readonly Node[] {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? '')]
  if (!(node instanceof Element)) return []
  const tag = node.tagName.toLowerCase()
  if (tag === 'script' || tag === 'style') return []
  const children = [...node.childNodes].flatMap(cleaned)
  if (!ALLOWED_TAGS.has(tag)) return children
  const element = document.createElement(tag)
  const href = tag === 'a' ? safeHref(node.getAttribute('href')) : undefined
  if (href !== undefined) element.setAttribute('href', href)
  element.append(...children)
  return [element]
}
