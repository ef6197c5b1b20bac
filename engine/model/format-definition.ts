/** Columns that a line of a definition's file has at most, where it can be folded at all. */
const WIDTH = 100

/**
 * Definitions as people read them in git: what fits on a line stands on one, everything else is a key or an item a
 * line. The same value always gives the same text; it ends with a newline.
 */
export function formatDefinition(value: unknown): string {
  return `${format(value, '', 0, true)}\n`
}

/**
 * @param indent of the line on which the value begins
 * @param used columns taken on that line before the value, its indent not counted
 * @param isTop the document itself, which is never folded into one line
 */
function format(value: unknown, indent: string, used: number, isTop = false): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const flat = inOneLine(value)
  if (!isTop && indent.length + used + flat.length + 1 <= WIDTH) return flat
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((entry) => inner + format(entry, inner, 0)).join(',\n')}\n${indent}]`
  }
  const lines = Object.entries(value).map(([key, entry]) => {
    const name = `${JSON.stringify(key)}: `
    return inner + name + format(entry, inner, name.length)
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`
}

function inOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${inOneLine(entry)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
