const SEPARATORS = /[;；]/

/** A list of texts as one cell: `a; b`, or a JSON array where an entry itself holds what would be misread. */
export function formatList(value: unknown): string {
  const entries = value as readonly string[]
  const plain = entries.every((entry) => entry !== '' && entry === entry.trim() && !/[;；[\]"]/.test(entry))
  return plain && entries.length > 0 ? entries.join('; ') : JSON.stringify(entries)
}

/** The texts of a cell: parted by semicolons (half or full width), or a JSON array of texts. */
export function parseList(cell: string): readonly string[] {
  const text = cell.trim()
  if (text.startsWith('[')) {
    const entries = parsedJson(text)
    if (Array.isArray(entries) && entries.every((entry) => typeof entry === 'string')) return entries
  }
  return text
    .split(SEPARATORS)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** JSON of a cell, or undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined
    throw fault
  }
}
