import { parse } from 'csv-parse/sync'

/** Names as TextDecoder knows them. */
export type Encoding = string

const DELIMITERS = [',', ';', '\t', '|'] as const
const SAMPLED_RECORDS = 20

/** The encoding that the first bytes of a file declare by a byte order mark, or undefined. */
export function encodingOfMark(start: Uint8Array): Encoding | undefined {
  const [first, second, third] = start
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return undefined
}

/**
 * Finds out chunk by chunk in which encodings a file can be read. GB18030 holds GBK and GB2312, in which
 * spreadsheets in China write CSV; text that is valid in UTF-8 is practically never meant as GB18030.
 */
export function createEncodingTest(): { add(chunk: Uint8Array): void; end(): Encoding | undefined } {
  const readers = ['utf-8', 'gb18030'].map((encoding) => ({
    encoding,
    decoder: new TextDecoder(encoding, { fatal: true }),
    fits: true,
  }))
  const feed = (chunk?: Uint8Array) => {
    for (const reader of readers) {
      if (reader.fits) reader.fits = decodes(reader.decoder, chunk)
    }
  }
  return {
    add: feed,
    end() {
      feed()
      return readers.find((reader) => reader.fits)?.encoding
    },
  }
}

function decodes(decoder: TextDecoder, chunk: Uint8Array | undefined): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch (fault) {
    if (fault instanceof TypeError) return false
    throw fault
  }
}

/**
 * The character that parts the cells: the one that gives the most columns, the same number in each of the
 * first rows. A comma where nothing else is better, as for a file with one column.
 */
export function detectDelimiter(sample: string): string {
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(sample, delimiter) }))
  const best = scores.reduce((left, right) => (right.score > left.score ? right : left))
  return best.score > 0 ? best.delimiter : ','
}

function scoreOf(sample: string, delimiter: string): number {
  const widths = widthsOf(sample, delimiter)
  const header = widths[0] ?? 0
  if (header < 2) return 0
  const alike = widths.filter((width) => width === header).length / widths.length
  return alike * 1000 + header
}

function widthsOf(sample: string, delimiter: string): number[] {
  const records: string[][] = parse(sample, {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    to: SAMPLED_RECORDS,
  })
  return records.map((record) => record.length)
}
