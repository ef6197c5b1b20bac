import { type Problem, problem } from '../errors.ts'

/** `column=field` or `column=field:by` as a person wrote it; no field: the column is left out. */
export interface MapRule {
  readonly column: string
  readonly field: string | undefined
  /** The field of the other record by which a lookup finds it. */
  readonly by: string | undefined
}

/** `column:from=to`: where the column's cell is `from`, it is read as `to`. */
export interface ValueRule {
  readonly column: string
  readonly from: string
  readonly to: string
}

export interface Parsed<T> {
  readonly rules: readonly T[]
  readonly problems: readonly Problem[]
}

/**
 * Reads `--map` arguments, each `column=field[:by][,column=field …]`. A column's name may hold commas, colons
 * and equal signs: the field stands behind the last equal sign, and a part without one belongs to the next.
 */
export function parseMaps(args: readonly string[]): Parsed<MapRule> {
  const rules: MapRule[] = []
  const problems: Problem[] = []
  for (const text of args.flatMap(splitRules)) {
    const match = /^(.+)=\s*(?:([a-z][a-z0-9_]*)(?::([a-z][a-z0-9_]*))?)?\s*$/su.exec(text)
    if (match === null)
      problems.push(problem('IMPORT_MAP_INVALID', '/map', { params: { text: text.trim() } }))
    else rules.push({ column: match[1]!.trim(), field: match[2], by: match[3] })
  }
  return { rules, problems }
}

/** Parts at commas; one that has no equal sign yet goes on with the next. */
function splitRules(arg: string): string[] {
  const parts: string[] = []
  let begun = ''
  for (const part of arg.split(',')) {
    begun = begun === '' ? part : `${begun},${part}`
    if (!begun.includes('=')) continue
    parts.push(begun)
    begun = ''
  }
  return begun.trim() === '' ? parts : [...parts, begun]
}

/**
 * Reads `--value` arguments, each `column:from=to`. Quotes around a side are taken off, so that both
 * `product:GTXPro="GTX Pro"` and what a shell leaves of it mean the same.
 */
export function parseValues(args: readonly string[]): Parsed<ValueRule> {
  const rules: ValueRule[] = []
  const problems: Problem[] = []
  for (const text of args) {
    const match = /^([^:]+):(.*)$/su.exec(text)
    const sides = match === null ? undefined : splitSides(match[2]!)
    if (match === null || sides === undefined) {
      problems.push(problem('IMPORT_VALUE_INVALID', '/value', { params: { text } }))
    } else rules.push({ column: match[1]!.trim(), from: sides[0], to: sides[1] })
  }
  return { rules, problems }
}

function splitSides(text: string): readonly [string, string] | undefined {
  const quoted = /^\s*"((?:[^"]|"")*)"\s*=(.*)$/su.exec(text)
  if (quoted !== null) return [unquote(`"${quoted[1]}"`), unquote(quoted[2]!)]
  const at = text.indexOf('=')
  if (at < 1) return undefined
  return [unquote(text.slice(0, at)), unquote(text.slice(at + 1))]
}

function unquote(side: string): string {
  const text = side.trim()
  const isQuoted = text.length >= 2 && text.startsWith('"') && text.endsWith('"')
  return isQuoted ? text.slice(1, -1).replaceAll('""', '"') : text
}

/** The rules of a mapping file: rows with the columns `column`, `from` and `to`, in any order. */
export function valueRulesOf(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): Parsed<ValueRule> {
  const places = ['column', 'from', 'to'].map((name) => headers.indexOf(name))
  const missing = ['column', 'from', 'to'].filter((_, index) => places[index] === -1)
  if (missing.length > 0) {
    const problems = missing.map((name) => problem('IMPORT_COLUMN_UNKNOWN', '/values', { params: { name } }))
    return { rules: [], problems }
  }
  const [column, from, to] = places as [number, number, number]
  const rules = rows.map((cells) => ({
    column: cells[column] ?? '',
    from: cells[from] ?? '',
    to: cells[to] ?? '',
  }))
  return { rules, problems: [] }
}
