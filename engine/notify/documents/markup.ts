/** A run of letters of one weight. */
export interface Span {
  readonly text: string
  readonly isStrong: boolean
}

/** Spans of a line or more: a line break is a `\n` within a text. */
export type Words = readonly Span[]

export interface Cell {
  readonly words: Words
  readonly align: 'left' | 'center' | 'right'
}

/** What a document is made of, top to bottom. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly words: Words }
  | { readonly kind: 'paragraph'; readonly words: Words }
  | { readonly kind: 'list'; readonly items: readonly Words[] }
  /** With a header it has lines; without one its cells only stand beside one another. */
  | { readonly kind: 'table'; readonly hasHeader: boolean; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'line' }

/** A line break that came with a value: it parts no blocks. */
const BREAK = '\u2028'

/** A value as it stands in a document: nothing in it is taken for markup. */
export function escapeMarkup(value: string): string {
  return value.replace(/[\\*|#-]/g, '\\$&').replace(/\r\n?|\n/g, BREAK)
}

type Line =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'item' | 'row' | 'text'; readonly text: string }
  | { readonly kind: 'line' | 'empty' }

/** A filled-in text, parted into blocks. Whatever is no markup is text; nothing is ever refused. */
export function parseMarkup(text: string): readonly Block[] {
  const blocks: Block[] = []
  let group: { kind: 'item' | 'row' | 'text'; texts: string[] } | undefined
  const close = () => {
    if (group !== undefined) blocks.push(GROUPS[group.kind](group.texts))
    group = undefined
  }
  for (const line of text.replace(/\r\n?/g, '\n').split('\n').map(readLine)) {
    if (line.kind === 'item' || line.kind === 'row' || line.kind === 'text') {
      if (group?.kind !== line.kind) close()
      group ??= { kind: line.kind, texts: [] }
      group.texts.push(line.text)
      continue
    }
    close()
    if (line.kind === 'heading')
      blocks.push({ kind: 'heading', level: line.level, words: wordsOf(line.text) })
    if (line.kind === 'line') blocks.push({ kind: 'line' })
  }
  close()
  return blocks
}

function readLine(written: string): Line {
  const text = written.trim()
  if (text === '') return { kind: 'empty' }
  if (/^-{3,}$/.test(text)) return { kind: 'line' }
  const [, marks, title] = /^(#{1,3})\s+(.*)$/s.exec(text) ?? []
  if (marks !== undefined && title !== undefined)
    return { kind: 'heading', level: marks.length as 1 | 2 | 3, text: title }
  if (/^-\s/.test(text)) return { kind: 'item', text: text.slice(1).trim() }
  if (text.startsWith('|')) return { kind: 'row', text }
  return { kind: 'text', text }
}

const GROUPS: Readonly<Record<'item' | 'row' | 'text', (texts: readonly string[]) => Block>> = {
  item: (texts) => ({ kind: 'list', items: texts.map(wordsOf) }),
  row: tableOf,
  text: (texts) => ({ kind: 'paragraph', words: wordsOf(texts.join('\n')) }),
}

const RULER = /^:?-+:?$/

function tableOf(texts: readonly string[]): Block {
  const [head = [], second = [], ...rest] = texts.map(cellsIn)
  const hasHeader = second.length > 0 && second.every((cell) => RULER.test(cell))
  const aligns = hasHeader ? second.map(alignOf) : []
  const rows = hasHeader ? [head, ...rest] : texts.map(cellsIn)
  const width = Math.max(...rows.map((row) => row.length))
  return {
    ...{ kind: 'table', hasHeader },
    rows: rows.map((row) =>
      Array.from({ length: width }, (_unused, index) => ({
        words: wordsOf(row[index] ?? ''),
        align: aligns[index] ?? 'left',
      })),
    ),
  }
}

function cellsIn(row: string): readonly string[] {
  const cells = [...row.matchAll(/\|((?:\\.|[^|])*)/gs)].map(([, cell = '']) => cell.trim())
  return cells.at(-1) === '' ? cells.slice(0, -1) : cells
}

function alignOf(ruler: string): Cell['align'] {
  if (!ruler.endsWith(':')) return 'left'
  return ruler.startsWith(':') ? 'center' : 'right'
}

/** `**strong**` and what stands between; a backslash takes the meaning from the sign behind it. */
function wordsOf(text: string): Words {
  const spans: Span[] = []
  let [held, isStrong] = ['', false]
  const close = () => {
    if (held !== '') spans.push({ text: held, isStrong })
    held = ''
  }
  for (const [part] of text.matchAll(/\\[\\*|#-]|\*\*|[^\\*]+|[\\*]/gs)) {
    if (part === '**') {
      close()
      isStrong = !isStrong
    } else held += (/^\\[\\*|#-]$/.test(part) ? part.slice(1) : part).replaceAll(BREAK, '\n')
  }
  close()
  return spans
}
