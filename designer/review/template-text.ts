type Span = readonly [number, number]

/** What a tag of a message or a document names, in which list of related records it stands, and what part is meant. */
export interface Named {
  /** The way to it, such as `account.level`; what goes on behind it names it as well. */
  readonly path: string
  /** The relation of the `{{#each}}` around it; '' outside of any. There the same path names another thing. */
  readonly list: string
}

/** A tag, or what stands between two. */
interface Piece {
  readonly raw: string
  /** Of a tag what stands in it, without its mark; undefined for a text between. */
  readonly inner?: string
  readonly mark?: string
  readonly from: number
}

interface Section {
  /** `if level`, `unless level`, `each lines`; undefined for the last `else`. */
  readonly test: readonly string[] | undefined
  readonly tag: string
  readonly body: readonly Node[]
}

/** A text, a value, or a block with what stands in it case by case. */
type Node =
  | { readonly kind: 'text' | 'value'; readonly piece: Piece }
  | { readonly kind: 'block'; readonly sections: readonly Section[]; readonly close: string }

/** Whether a text is filled with values. */
export const isTemplate = (text: string): boolean => text.includes('{{')

/** What the tag around a span names. */
export function namedAt(text: string, span: Span): Named {
  const begin = span[0] - (/[\w.]*$/.exec(text.slice(0, span[0]))?.[0].length ?? 0)
  return { path: text.slice(begin, span[1]), list: listAround(text, span[0]) }
}

const isNamed = (word: string, path: string): boolean => word === path || word.startsWith(`${path}.`)

/** The text with another name in all tags that name the same; what stands in quotes is no name. */
export function withNamed(text: string, { path, list }: Named, to: string): string {
  const next = path.slice(0, path.lastIndexOf('.') + 1) + to
  return piecesOf(text)
    .map(({ raw, inner, from }) =>
      inner === undefined || listAround(text, from) !== list
        ? raw
        : raw.replace(/"[^"]*"|'[^']*'|[\w.]+/g, (word) =>
            isNamed(word, path) ? next + word.slice(path.length) : word,
          ),
    )
    .join('')
}

/**
 * The text as it reads where nothing ever stands at a path: its values go, of a block for it stays what is said otherwise,
 * and what stands for a missing value takes its place. Undefined for a text that is not written rightly.
 */
export function withoutNamed(text: string, named: Named): string | undefined {
  const nodes = parse(text)
  return nodes === undefined ? undefined : written(nodes, named, '')
}

/** The relation of the list that a place stands in. */
function listAround(text: string, at: number): string {
  const open: string[] = []
  for (const { inner, mark, from, raw } of piecesOf(text)) {
    if (from + raw.length > at) break
    if (inner === undefined) continue
    const [word = '', param = ''] = wordsOf(inner)
    if (mark === '#') open.push(word === 'each' ? param : '')
    else if (mark === '/') open.pop()
    // What is said where the list is empty stands outside of it.
    else if (isElse(inner, mark) && open.length > 0) open[open.length - 1] = ''
  }
  return open.findLast((one) => one !== '') ?? ''
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(/\{\{\{?[^{}]*\}?\}\}/g)) {
    if (match.index > at) pieces.push({ raw: text.slice(at, match.index), from: at })
    const bare = match[0].replace(/^\{\{\{?~?/, '').replace(/~?\}?\}\}$/, '')
    const mark = /^[#/^&!]/.exec(bare)?.[0] ?? ''
    pieces.push({ raw: match[0], inner: bare.slice(mark.length).trim(), mark, from: match.index })
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ raw: text.slice(at), from: at })
  return pieces
}

const wordsOf = (inner: string): readonly string[] => inner.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []

const isElse = (inner: string, mark: string | undefined): boolean =>
  (mark === '' && /^else(\s|$)/.test(inner)) || (mark === '^' && inner === '')

function parse(text: string): readonly Node[] | undefined {
  const pieces = [...piecesOf(text)]
  const nodes = within(pieces)
  return pieces.length === 0 ? nodes : undefined
}

/** The nodes up to the end of the block that they stand in; takes them away from the pieces. */
function within(pieces: Piece[]): readonly Node[] | undefined {
  const nodes: Node[] = []
  for (let piece = pieces[0]; piece !== undefined; piece = pieces[0]) {
    const { inner, mark } = piece
    if (inner !== undefined && (mark === '/' || isElse(inner, mark))) return nodes
    pieces.shift()
    if (mark === '^') return undefined // the other way round: nobody writes it, and it is put right by hand
    if (mark !== '#') nodes.push({ kind: inner === undefined || mark === '!' ? 'text' : 'value', piece })
    else {
      const block = blockOf(piece, pieces)
      if (block === undefined) return undefined
      nodes.push(block)
    }
  }
  return nodes
}

function blockOf(open: Piece, pieces: Piece[]): Node | undefined {
  const sections: Section[] = []
  for (let piece: Piece | undefined = open; piece !== undefined; ) {
    const words = wordsOf(piece.inner ?? '')
    const test = piece === open ? words : words.slice(1)
    const body = within(pieces)
    if (body === undefined) return undefined
    sections.push({ test: test.length === 0 ? undefined : test, tag: piece.raw, body })
    piece = pieces.shift()
    if (piece?.mark === '/') return { kind: 'block', sections, close: piece.raw }
  }
  return undefined
}

function written(nodes: readonly Node[], named: Named, list: string): string {
  let text = ''
  let isAlone = false
  for (const node of nodes) {
    const piece = node.kind === 'block' ? blockText(node, named, list) : pieceText(node, named, list)
    // What a block leaves of its lines goes with it.
    const isWhole = typeof piece !== 'string' && /(^|\n)[ \t]*$/.test(text)
    const said = typeof piece === 'string' ? piece : isWhole ? piece.left.replace(LINE, '') : piece.left
    text += isAlone ? said.replace(LINE, '') : said
    isAlone = isWhole && /(^|\n)$/.test(text)
  }
  return text
}

/** The rest of a line that says nothing. */
const LINE = /^[ \t]*\r?\n/

function pieceText(node: Exclude<Node, { kind: 'block' }>, { path, list: own }: Named, list: string): string {
  const { raw, inner = '' } = node.piece
  if (node.kind === 'text' || list !== own) return raw
  const [word = '', one = '', other = ''] = wordsOf(inner)
  if (isNamed(word, path)) return ''
  if (word !== 'or_else' || (!isNamed(one, path) && !isNamed(other, path))) return raw
  const left = isNamed(one, path) ? other : one
  if (isNamed(left, path)) return ''
  const quoted = /^(["'])(.*)\1$/s.exec(left)
  return quoted?.[2] ?? (/^-?\d/.test(left) ? left : `{{${left}}}`)
}

/** A block as it stands without the cases that ask for a path; only what is left where none does any more. */
function blockText(
  { sections, close }: Extract<Node, { kind: 'block' }>,
  named: Named,
  list: string,
): string | { readonly left: string } {
  const kept: { readonly test: Section['test']; readonly tag: string; readonly body: string }[] = []
  let isChanged = false
  for (const { test, tag, body } of sections) {
    const [helper = '', param = ''] = test ?? []
    const inner = written(body, named, helper === 'each' ? param : list)
    const isAsked = isNamed(param, named.path) && list === named.list
    isChanged ||= isAsked
    if (isAsked && helper !== 'unless') continue
    kept.push({ test: isAsked ? undefined : test, tag, body: inner })
    if (isAsked) break // what always holds: nothing is asked behind it
  }
  const [first, ...others] = kept
  if (!isChanged) return `${kept.map(({ tag, body }) => tag + body).join('')}${close}`
  if (first?.test === undefined) return { left: first?.body ?? '' }
  const rest = others.map(
    ({ test, body }) => `{{else${test === undefined ? '' : ` ${test.join(' ')}`}}}${body}`,
  )
  return `{{#${first.test.join(' ')}}}${first.body}${rest.join('')}{{/${first.test[0]}}}`
}
