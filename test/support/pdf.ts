import { inflateSync } from 'node:zlib'

/** What is read back from a PDF that we made: the text as it was laid out, without breaks. */
export interface ReadPdf {
  readonly pages: number
  readonly text: string
  /** How many pictures each page shows. */
  readonly pictures: readonly number[]
  /** The names of the fonts that it carries. */
  readonly fonts: readonly string[]
  /** Whether every font is a subset that the file carries itself. */
  readonly isWhole: boolean
}

interface Piece {
  readonly head: string
  readonly stream: string | undefined
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const pieces = piecesOf(Buffer.from(bytes).toString('latin1'))
  const maps = new Map<string, Map<string, string>>()
  const fonts = new Map<string, string>()
  for (const { head } of pieces.values()) {
    for (const [, name, id] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const font = pieces.get(id!)?.head ?? ''
      fonts.set(name!, /\/BaseFont \/([^\s/]+)/.exec(font)?.[1] ?? '')
      maps.set(name!, unicodeOf(pieces.get(/\/ToUnicode (\d+) 0 R/.exec(font)?.[1] ?? '')?.stream ?? ''))
    }
  }
  const pages = [...pieces.values()].filter(({ head }) => /\/Type \/Page\b/.test(head))
  const contents = pages.map(
    ({ head }) => pieces.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? '')?.stream ?? '',
  )
  const text = contents.flatMap((content) => linesOf(content, maps))
  const carried = [...pieces.values()].filter(({ head }) => /\/FontFile[23]? \d+ 0 R/.test(head)).length
  return {
    ...{ pages: pages.length, text: text.join(''), fonts: [...fonts.values()] },
    pictures: contents.map((content) => content.match(/\/I\d+ Do/g)?.length ?? 0),
    isWhole: carried === fonts.size && [...fonts.values()].every((name) => /^[A-Z]{6}\+/.test(name)),
  }
}

function piecesOf(file: string): ReadonlyMap<string, Piece> {
  const pieces = new Map<string, Piece>()
  for (const [, id, rest] of file.matchAll(/(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj/gs)) {
    const [, head = rest!, body] = /^(.*?)\nstream\n(.*)\nendstream$/s.exec(rest!) ?? []
    const raw = body === undefined ? undefined : Buffer.from(body, 'latin1')
    const plain = raw && /FlateDecode/.test(head) ? inflateSync(raw) : raw
    pieces.set(id!, { head: head.replace(/\s+/g, ' '), stream: plain?.toString('latin1') })
  }
  return pieces
}

/** The characters of a font by their codes: what ToUnicode says in ranges and one by one. */
function unicodeOf(map: string): Map<string, string> {
  const found = new Map<string, string>()
  const textOf = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  for (const [, first, , list] of map.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    const codes = [...list!.matchAll(/<([0-9a-f]+)>/gi)].map(([, hex]) => textOf(hex!))
    for (const [index, text] of codes.entries())
      found.set((Number.parseInt(first!, 16) + index).toString(16).padStart(4, '0'), text)
  }
  return found
}

function linesOf(content: string, maps: ReadonlyMap<string, ReadonlyMap<string, string>>): readonly string[] {
  const lines: string[] = []
  let map: ReadonlyMap<string, string> | undefined
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) map = maps.get(font)
    else {
      const codes = [...shown!.matchAll(/<([0-9a-f]*)>/gi)].map(([, hex]) => hex).join('')
      lines.push((codes.match(/.{4}/g) ?? []).map((code) => map?.get(code.toLowerCase()) ?? '?').join(''))
    }
  }
  return lines
}
