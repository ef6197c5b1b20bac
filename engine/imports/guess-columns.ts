import type { CompiledEntity, CompiledField } from '../model/compiled.ts'

export interface GuessSource {
  readonly entity: CompiledEntity
  readonly headers: readonly string[]
  /** The first rows, by which values tell what a header does not. */
  readonly samples: readonly (readonly string[])[]
  /** May this field be filled from a file by who imports? */
  readonly takes: (field: CompiledField) => boolean
}

/** Whether a header is meant for a field, from the surest sign to the weakest. */
type Sign = (header: string, field: CompiledField, entity: CompiledEntity) => boolean

const SIGNS: readonly Sign[] = [
  (header, field) => wordsOf(field).some((word) => word === header.trim().toLowerCase()),
  (header, field) => wordsOf(field).some((word) => plain(word) === plain(header)),
  (header, field) => wordsOf(field).some((word) => plain(word) === plain(withoutBrackets(header))),
  // “Customer”, “Customer name” and 客户名称 name the record.
  (header, field, entity) => field === entity.titleField && titleWords(entity).includes(plain(header)),
  (header, field) => wordsOf(field).some((word) => isPart(plain(word), plain(header))),
  (header, field) => wordsOf(field).some((word) => isPart(plain(withoutBrackets(header)), plain(word))),
]

/** Types of which values tell themselves. */
const TELLING: Readonly<Record<string, RegExp>> = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  url: /^(?:https?:\/\/|www\.)\S+$/i,
  phone: /^\+?[\d\s()-]{7,20}$/,
}
/** What has as many digits as a phone number and is none. */
const DAY = /^\d{4}[-/.年]\d{1,2}[-/.月]/

/**
 * The field to which each column probably goes: by its label in either language, by its name, by what its values are.
 * No field is given twice; undefined where nothing fits.
 */
export function guessColumns({
  entity,
  headers,
  samples,
  takes,
}: GuessSource): readonly (string | undefined)[] {
  const free = new Set([...entity.fields.values()].filter(takes))
  const guesses: (string | undefined)[] = headers.map(() => undefined)
  const take = (index: number, field: CompiledField | undefined): void => {
    if (field === undefined) return
    guesses[index] = field.name
    free.delete(field)
  }
  for (const sign of SIGNS) {
    for (const [index, header] of headers.entries()) {
      if (guesses[index] !== undefined || plain(header) === '') continue
      take(
        index,
        [...free].find((field) => sign(header, field, entity)),
      )
    }
  }
  const tellings = [
    ...Object.entries(TELLING).map(([type, pattern]) => ({
      fits: [...free].filter((field) => field.type.name === type),
      isMeant: (cell: string) => pattern.test(cell) && !DAY.test(cell),
    })),
    ...[...free]
      .filter((field) => field.options !== undefined)
      .map((field) => ({ fits: [field], isMeant: isOptionOf(field) })),
  ]
  for (const { fits, isMeant } of tellings) {
    const columns = headers.flatMap((_, index) =>
      guesses[index] === undefined && tells(samples, index, isMeant) ? [index] : [],
    )
    // Of two that fit nobody knows which.
    if (fits.length === 1 && columns.length === 1) take(columns[0]!, fits[0])
  }
  return guesses
}

function tells(samples: GuessSource['samples'], index: number, isMeant: (cell: string) => boolean): boolean {
  const cells = samples.map((cells) => (cells[index] ?? '').trim()).filter((cell) => cell !== '')
  return cells.length > 0 && cells.every(isMeant)
}

/** Whether a cell is an option of the field, by name or label; a yes is one of too many. */
function isOptionOf({ options = [] }: CompiledField): (cell: string) => boolean {
  const words = new Set(options.flatMap((option) => wordsOf(option).map(plain)))
  return (cell) => plain(cell).length > 1 && words.has(plain(cell))
}

function wordsOf({ name, label }: Pick<CompiledField, 'name' | 'label'>): readonly string[] {
  const labels = typeof label === 'string' ? [label] : Object.values(label)
  return [name, ...labels.filter((text) => text !== undefined)].map((word) => word.toLowerCase())
}

function titleWords(entity: CompiledEntity): readonly string[] {
  const words = wordsOf(entity).map(plain)
  return words.flatMap((word) => [word, `${word}name`, `${word}名称`, `${word}姓名`, `${word}名`])
}

/** A word without what people write differently: case, width, spaces, marks. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function withoutBrackets(header: string): string {
  return header.normalize('NFKC').replace(/[([{【][^)\]}】]*[)\]}】]/g, '')
}

/** Whether a word of some length stands in a longer header; two Chinese characters are a word, three Latin letters are not. */
function isPart(word: string, header: string): boolean {
  const least = /[\p{Script=Han}]/u.test(word) ? 2 : 4
  return word.length >= least && header.length > word.length && header.includes(word)
}
