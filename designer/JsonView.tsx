import { useMemo } from 'react'
import { jsonTokens, prettyJson } from './json-tokens.ts'

/** JSON to read: keys, texts and numbers apart, nothing louder. */
export function JsonView({ value, label }: { readonly value: unknown; readonly label: string }) {
  const tokens = useMemo(() => jsonTokens(prettyJson(value)), [value])
  let at = 0
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="json" aria-label={label} tabIndex={0}>
      <pre>
        {tokens.map((token) => {
          const key = at
          at += token.text.length
          if (token.kind === 'space' || token.kind === 'sign') return token.text
          return (
            <span key={key} className={`json-${token.kind}`}>
              {token.text}
            </span>
          )
        })}
      </pre>
    </section>
  )
}
