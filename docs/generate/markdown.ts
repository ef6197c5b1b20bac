/** A Markdown table; cells are Markdown already. Ends with a line break. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('')
}

/** A text as the content of a cell: what Markdown or HTML would take for its own is escaped. */
export function escapeCell(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('*', '\\*')
    .replaceAll('\n', ' ')
}

const MARK = /<!-- generated: (\S+) -->\n[\s\S]*?<!-- end -->/g

/**
 * Fills the marked places of a page written by hand: `<!-- generated: name -->` … `<!-- end -->`.
 * @param parts what stands at each name
 * @throws Error naming a mark that has no part, or a part that no mark asks for
 */
export function fillMarks(page: string, parts: ReadonlyMap<string, string>): string {
  const asked = new Set([...page.matchAll(MARK)].map(([, name = '']) => name))
  const stray = [...parts.keys()].filter((name) => !asked.has(name))
  if (stray.length > 0) throw new Error(`no place for ${stray.join(', ')}`)
  return page.replace(MARK, (_whole, name: string) => {
    const part = parts.get(name)
    if (part === undefined) throw new Error(`nothing is generated for "${name}"`)
    return `<!-- generated: ${name} -->\n${part}<!-- end -->`
  })
}
