import type { Composed } from './compose.ts'
import type { Block, Cell, Words } from './markup.ts'

/** What pdfmake is given: plain data, so that it can be handed to another thread. */
export type PageContent = Readonly<Record<string, unknown>>

const INK = '#1f2328'
const FAINT = '#8a9099'
const SIZES = { heading: { 1: 19, 2: 12.5, 3: 11 }, text: 10.5, small: 8.5 } as const

/** Points of a page within which a logo stands, at the left of its head. */
const LOGO_ROOM = [180, 30] as const

/**
 * The page of a document: its looks, and nothing of it from outside.
 * @param at when it was made
 * @param logo the workspace's, as `printableLogo` gives it
 */
export function pageOf(
  { title, language, paper, logo: on, blocks }: Composed,
  at: Date,
  logo: string | undefined,
): PageContent {
  const header =
    logo === undefined || on === 'none'
      ? {}
      : { header: { picture: { image: logo, fit: LOGO_ROOM, margin: [68, 26, 68, 0] }, on } }
  return {
    ...{
      pageSize: paper === 'letter' ? 'LETTER' : 'A4',
      pageMargins: [68, logo === undefined || on === 'none' ? 64 : 78, 68, 68],
    },
    ...{ language, compress: true },
    info: { title, creator: 'Tenon', producer: 'Tenon', creationDate: at, modDate: at },
    defaultStyle: { font: 'Face', fontSize: SIZES.text, lineHeight: 1.5, color: INK },
    content: blocks.map(contentOf),
    /** Told to the printer: what stands above and below each page. */
    ...header,
    footer: { text: title, fontSize: SIZES.small, color: FAINT },
  }
}

function contentOf(block: Block): PageContent {
  return CONTENTS[block.kind](block as never)
}

const CONTENTS: {
  readonly [K in Block['kind']]: (block: Extract<Block, { readonly kind: K }>) => PageContent
} = {
  heading: ({ level, words }) => ({
    ...{ text: textsOf(words, true), fontSize: SIZES.heading[level], lineHeight: 1.3 },
    ...(level === 1
      ? { alignment: 'center', margin: [0, 4, 0, 18] }
      : { margin: [0, level === 2 ? 12 : 8, 0, 5] }),
    headlineLevel: level,
  }),
  paragraph: ({ words }) => ({ text: textsOf(words), margin: [0, 0, 0, 8] }),
  list: ({ items }) => ({
    ul: items.map((words) => ({ text: textsOf(words) })),
    ...{ markerColor: FAINT, margin: [0, 0, 0, 8] },
  }),
  table: ({ hasHeader, rows }) => ({
    table: {
      ...{ headerRows: hasHeader ? 1 : 0, dontBreakRows: true },
      widths: rows[0]!.map(() => '*'),
      body: rows.map((row, index) => row.map((cell) => cellOf(cell, hasHeader && index === 0))),
    },
    ...{ layout: hasHeader ? 'lined' : 'beside', margin: [0, 2, 0, 10] },
  }),
  line: () => ({
    table: { widths: ['*'], body: [['']] },
    ...{ layout: 'line', margin: [0, 6, 0, 8] },
  }),
}

function cellOf({ words, align }: Cell, isHeader: boolean): PageContent {
  return { text: textsOf(words, isHeader), alignment: align }
}

function textsOf(words: Words, isStrong = false): readonly PageContent[] {
  return words.map((span) => ({ text: span.text, ...(isStrong || span.isStrong ? { bold: true } : {}) }))
}
