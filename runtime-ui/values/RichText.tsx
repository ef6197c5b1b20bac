import { createElement, Fragment, type ReactNode } from 'react'
import { ALLOWED_TAGS, safeHref } from './rich-text-rules.ts'

/**
 * Formatted text as React elements: the markup is parsed without running anything, and only known tags come
 * through. The server cleans what it stores; this is the second lock.
 */
export function RichText({ html, plain }: { readonly html: string; readonly plain: boolean }) {
  const body = new DOMParser().parseFromString(html, 'text/html').body
  if (plain) return <span>{body.textContent}</span>
  return <div className="rich-text">{childrenOf(body)}</div>
}

function childrenOf(node: Node): ReactNode[] {
  return [...node.childNodes].map((child, index) => (
    <Fragment key={String(index)}>{elementOf(child)}</Fragment>
  ))
}

function elementOf(node: Node): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent
  if (!(node instanceof Element)) return null
  const tag = node.tagName.toLowerCase()
  if (!ALLOWED_TAGS.has(tag)) return tag === 'script' || tag === 'style' ? null : childrenOf(node)
  if (tag === 'br' || tag === 'hr') return createElement(tag)
  if (tag === 'a') {
    const href = safeHref(node.getAttribute('href'))
    if (href === undefined) return childrenOf(node)
    const link = { className: 'link', href, target: '_blank', rel: 'noreferrer noopener' }
    return createElement('a', link, ...childrenOf(node))
  }
  return createElement(tag, {}, ...childrenOf(node))
}
